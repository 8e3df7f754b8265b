import { Inject, Injectable } from '@nestjs/common';
import type { AnomalyView, BodyOf, consoleRoutes, QueryOf, ResponseOf } from '@shuke/shared/contracts';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { maskPhone } from '../domain/identifiers.js';
import { type Anomaly, type AnomalyKind, MemberDeskStore } from '../persistence/desk.store.js';
import { PeopleView } from './people-view.js';

const PAGE = 20;
const ANOMALY_TITLE: Readonly<Record<AnomalyKind, string>> = {
  MANY_PHONES: '一个会员很多手机号',
  MANY_IDENTIFIERS: '一个会员身份标识过多',
  PHONE_OF_MANY: '一个手机号很多会员在用',
  MERGED_OFTEN: '近期多次合并',
  CARD_OF_MANY: '一张会员卡很多人在用',
};

/** Identities that look wrong at headquarters, and phones that many people share and that therefore name nobody. */
@Injectable()
export class IdentityDesk {
  private readonly rows = new MemberDeskStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(PeopleView) private readonly view: PeopleView,
  ) {}

  async anomalies(
    { brandId }: Desk,
    query: QueryOf<typeof consoleRoutes.identityAnomalies>,
  ): Promise<ResponseOf<typeof consoleRoutes.identityAnomalies>> {
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0] ?? null;
    const found = await this.rows.anomalies(this.database, brandId, {
      ...(query.day ? { day: query.day } : {}),
      ...(query.isSettled === undefined ? {} : { isSettled: query.isSettled }),
      before,
      limit: limit + 1,
    });
    const page = pageOf(
      found,
      limit,
      (one) => one,
      (one) => makeCursor(one.id),
    );
    return { items: await this.anomalyViews(brandId, page.items), nextCursor: page.nextCursor };
  }

  /** @throws AppError NOT_FOUND */
  async settleAnomaly(actor: Desk, id: string, body: BodyOf<typeof consoleRoutes.settleAnomaly>): Promise<AnomalyView> {
    const { brandId, name } = actor;
    const [found] = await this.rows.anomalies(this.database, brandId, { id, before: null, limit: 1 });
    if (!found) throw refuse('NOT_FOUND');
    await this.unitOfWork.run('settle anomaly', async (tx) => {
      await this.rows.settleAnomaly(tx, brandId, id, body.note);
      if (!body.markPhoneShared || found.kind !== 'PHONE_OF_MANY') return;
      const phone = { id: this.ids.next<'sharedPhone'>(), phone: found.subject, kind: 'OTHER' as const };
      await this.rows.addSharedPhones(tx, brandId, [
        { ...phone, note: body.note.slice(0, 60), addedBy: name, at: tx.now },
      ]);
    });
    const [settled] = await this.rows.anomalies(this.database, brandId, { id, before: null, limit: 1 });
    return (await this.anomalyViews(brandId, [settled as Anomaly]))[0] as AnomalyView;
  }

  async sharedPhones(
    { brandId }: Desk,
    query: QueryOf<typeof consoleRoutes.sharedPhones>,
  ): Promise<ResponseOf<typeof consoleRoutes.sharedPhones>> {
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0] ?? null;
    const rows = await this.rows.sharedPhones(this.database, brandId, before, limit + 1);
    return pageOf(
      rows,
      limit,
      ({ phone, at, ...rest }) => ({ ...rest, phoneMasked: maskPhone(phone), at: at.toISOString() }),
      (row) => makeCursor(row.id),
    );
  }

  async addSharedPhones(actor: Desk, body: BodyOf<typeof consoleRoutes.addSharedPhones>) {
    const phones = [...new Set(body.phones)];
    const added = await this.unitOfWork.run('add shared phones', (tx) =>
      this.rows.addSharedPhones(
        tx,
        actor.brandId,
        phones.map((phone) => ({
          id: this.ids.next<'sharedPhone'>(),
          phone,
          kind: body.kind,
          note: body.note,
          addedBy: actor.name,
          at: tx.now,
        })),
      ),
    );
    return { added, known: phones.length - added };
  }

  /** @throws AppError NOT_FOUND */
  async removeSharedPhone({ brandId }: Desk, id: string): Promise<void> {
    const isThere = await this.unitOfWork.run('remove shared phone', (tx) =>
      this.rows.removeSharedPhone(tx, brandId, id),
    );
    if (!isThere) throw refuse('NOT_FOUND');
  }

  private async anomalyViews(brandId: Desk['brandId'], found: readonly Anomaly[]): Promise<AnomalyView[]> {
    const profiles = await this.view.profiles(
      brandId,
      found.flatMap((one) => (one.memberId ? [one.memberId] : [])),
    );
    return found.map((one) => {
      const member = one.memberId ? (profiles.get(one.memberId) ?? null) : null;
      const phoneMasked = one.kind === 'PHONE_OF_MANY' ? maskPhone(one.subject) : null;
      return {
        id: one.id,
        day: one.day,
        kind: one.kind,
        title: ANOMALY_TITLE[one.kind],
        text: anomalyText(one, member?.nickname ?? phoneMasked ?? ''),
        count: one.found,
        member,
        phoneMasked,
        isSettled: one.settledAt !== null,
        note: one.note,
      };
    });
  }
}

function anomalyText(one: Anomaly, who: string): string {
  switch (one.kind) {
    case 'MANY_PHONES':
      return `${who}名下有 ${one.found} 个手机号，可能是门店自己的账号`;
    case 'MANY_IDENTIFIERS':
      return `${who}名下有 ${one.found} 个身份标识，超过了上限`;
    case 'PHONE_OF_MANY':
      return `${who} 被 ${one.found} 个会员填写，可能是员工或门店的号码`;
    case 'MERGED_OFTEN':
      return `${who}最近 7 天并入了 ${one.found} 个会员`;
    default:
      return `${who}：${one.found} 次`;
  }
}
