import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, consoleRoutes, PosDevice, ResponseOf } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { missingIn } from '../domain/device-health.js';
import { DeskTillStore } from '../persistence/desk-till.store.js';
import type { Device } from '../persistence/till-rows.js';
import { Devices, refuseTill } from './devices.js';

type Detail = ResponseOf<typeof consoleRoutes.posDevice>;

/** Tills at the desks: headquarters says which machines are tills, franchisees see how theirs are. */
@Injectable()
export class DeskTills {
  private readonly rows = new DeskTillStore();

  constructor(@Inject(Devices) private readonly devices: Devices) {}

  async list(actor: Desk): Promise<PosDevice[]> {
    const scope = await this.devices.organization.scopeOf(actor);
    const all = await this.devices.list(actor.brandId, null);
    return all.filter((device) => scope === 'ALL' || scope.includes(device.storeId as StoreId));
  }

  connectors(actor: Desk) {
    return this.rows.connectors(this.devices.database, actor.brandId);
  }

  /** @throws AppError NOT_FOUND for a till of a store outside the scope */
  async one(actor: Desk, id: Id<'device'>): Promise<Detail> {
    const device = (await this.list(actor)).find((one) => one.id === id);
    if (!device) throw refuse('NOT_FOUND');
    const { brandId } = actor;
    const { database, rows } = this.devices;
    const from = Math.max(1, device.lastSequence - 10_000);
    const [problems, there, connectorName] = await Promise.all([
      this.rows.problems(database, brandId, id),
      device.missing > 0 ? rows.sequences(database, { brandId, id } as Device, from) : null,
      this.rows.connectorName(database, brandId, id),
    ]);
    const missing = there ? missingIn(there, from, device.lastSequence) : [];
    return { device, connectorName, missing, problems };
  }

  /**
   * Makes a machine a till, or gives a known one a new key and its store; its numbers go on.
   * @throws AppError NOT_FOUND for a foreign store or connector, TILL_UNKNOWN when the number is another connector's
   */
  async register(actor: Desk, wish: BodyOf<typeof consoleRoutes.registerPosDevice>): Promise<Detail> {
    const { brandId } = actor;
    const { database, ids, rows, unitOfWork, organization } = this.devices;
    const store = await organization.requireStore(actor, wish.storeId as StoreId);
    const connectors = await this.rows.connectors(database, brandId);
    const connector = connectors.find((one) => one.id === wish.connectorId);
    if (!connector) throw refuse('NOT_FOUND');
    const { deviceNo, name, publicKey } = wish;
    const id = await unitOfWork.run('tills.desk-register', async (tx) => {
      const before = await rows.device(tx, brandId, deviceNo, true);
      if (before && before.connectorId !== connector.id)
        throw refuseTill('TILL_UNKNOWN', undefined, '这个编号已经是另一个收银系统的收银机');
      const id = before?.id ?? ids.next<'device'>();
      await rows.register(tx, { brandId, id, connectorId: connector.id, storeId: store.id, deviceNo, name, publicKey });
      return id;
    });
    return this.one(actor, id);
  }

  /** From now on nothing that it signs is booked; only the desk can let it in again. @throws AppError NOT_FOUND */
  async stop(actor: Desk, id: Id<'device'>): Promise<Detail> {
    const { brandId } = actor;
    await this.devices.unitOfWork.run('tills.stop', async (tx) => {
      if (!(await this.rows.stop(tx, brandId, id))) throw refuse('NOT_FOUND');
    });
    return this.one(actor, id);
  }
}
