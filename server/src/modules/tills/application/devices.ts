import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, PosDevice, posRoutes } from '@shuke/shared/contracts';
import { type BrandId, businessDay, type Id, startOfBusinessDay } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refusals } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { CounterDesk } from '../../coupons/index.js';
import { Organization } from '../../organization/index.js';
import { deviceHealth } from '../domain/device-health.js';
import { TillStore } from '../persistence/till.store.js';
import type { Device } from '../persistence/till-rows.js';

export type Pos = Extract<Actor, { kind: 'pos' }>;
export const refuseTill = refusals({
  TILL_STORE: [404, '没有这个编码的门店，请检查收银机的门店设置'],
  TILL_UNKNOWN: [404, '这台收银机还没有登记，请先登记再使用'],
  TILL_STOPPED: [409, '这台收银机已被总部停用，要由总部重新登记'],
  TILL_MEMBER: [404, '没有找到这位会员，请顾客出示会员码，或先邀请入会'],
  TILL_SEQUENCE: [409, '这个序号已经用于另一笔操作，请用下一个序号'],
  TILL_POINTS: [409, '积分抵不了这么多，请按规则的倍数减少积分'],
  TILL_ACT: [409, '没有可以撤回的券、积分或储值操作，请核对序号'],
} as const);

/** Tills: registered with the key that they sign with, watched by their numbers and delays. */
@Injectable()
export class Devices {
  readonly rows = new TillStore();

  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(UnitOfWork) readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) readonly ids: IdSource,
    @Inject(Clock) readonly clock: Clock,
    @Inject(Organization) readonly organization: Organization,
    @Inject(CounterDesk) private readonly counters: CounterDesk,
  ) {}

  /** Registers a till or gives it a new key; its numbers go on. @throws AppError TILL_STORE, TILL_STOPPED, TILL_UNKNOWN for another connector's */
  async register(actor: Pos, wish: BodyOf<typeof posRoutes.registerDevice>) {
    const { brandId, connectorId } = actor;
    const store = await this.organization.storeByCode(brandId, wish.storeCode);
    if (!store) throw refuseTill('TILL_STORE');
    const device = await this.unitOfWork.run('tills.register', async (tx) => {
      const before = await this.rows.device(tx, brandId, wish.deviceNo, true);
      if (before && before.connectorId !== connectorId) throw refuseTill('TILL_UNKNOWN');
      // A till that headquarters stopped does not let itself in again.
      if (before?.status === 'STOPPED') throw refuseTill('TILL_STOPPED');
      const { deviceNo, name, publicKey } = wish;
      const id = before?.id ?? this.ids.next<'device'>();
      await this.rows.register(tx, { brandId, id, connectorId, storeId: store.id, deviceNo, name, publicKey });
      return { id, lastSequence: before?.lastSequence ?? 0 };
    });
    return { deviceId: device.id, nextSequence: device.lastSequence + 1, couponPublicKey: this.counters.publicKey() };
  }

  /** @throws AppError TILL_UNKNOWN for a till that is not this connector's */
  async of(actor: Pos, deviceNo: string): Promise<Device> {
    const device = await this.rows.device(this.database, actor.brandId, deviceNo);
    if (device?.connectorId !== actor.connectorId || device.status !== 'ACTIVE') throw refuseTill('TILL_UNKNOWN');
    return device;
  }

  async list(brandId: BrandId, connectorId: Id | null): Promise<PosDevice[]> {
    const now = this.clock.now();
    const devices = await this.rows.devices(this.database, brandId, connectorId);
    const today = await this.rows.todayRows(this.database, brandId, new Date(startOfBusinessDay(businessDay(now))));
    const stores = await this.organization.storesByIds(brandId, [...new Set(devices.map((one) => one.storeId))]);
    return devices.map((device) => {
      const health = deviceHealth(device, now);
      return {
        id: device.id,
        deviceNo: device.deviceNo,
        name: device.name,
        storeId: device.storeId,
        storeName: stores.get(device.storeId)?.name ?? '',
        state: health.state,
        stateText: health.text,
        nextStep: health.nextStep,
        lastSeenAt: device.lastSeenAt?.toISOString() ?? null,
        lastSequence: device.lastSequence,
        missing: Math.max(0, device.lastSequence - device.rowsTotal),
        lagSeconds: Math.floor(device.lagMs / 1000),
        todayRows: today.get(device.id) ?? 0,
        conflicts: device.conflicts,
      };
    });
  }
}
