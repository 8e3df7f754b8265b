import { Inject, Injectable } from '@nestjs/common';
import type { AnomalyView, BodyOf, consoleRoutes, MemberDetail, QueryOf, ResponseOf } from '@shuke/shared/contracts';
import { asId, type MemberId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { MemberAssets } from '../../one-id/index.js';
import { maskName, maskPhone } from '../domain/identifiers.js';
import { MAIN } from '../domain/policy.js';
import { ConsentsStore } from '../persistence/consents.store.js';
import { type Anomaly, type AnomalyKind, MemberDeskStore } from '../persistence/desk.store.js';
import { MergesStore } from '../persistence/merges.store.js';
import { PeopleStore } from '../persistence/people.store.js';
import { MemberPolicies } from './member-policies.js';
import { MergeDesk } from './merge-desk.js';
import { consentViews, PeopleView } from './people-view.js';

const PAGE = 20;
const EVENT_TITLE: Readonly<Record<string, string>> = {
  MERGED: '合并',
  UNMERGED: '拆分',
  PHONE: '验证手机号',
  PHONE_GONE: '手机号移出',
  WOKEN: '历史资料启用',
  CONSENT: '授权变化',
  PERSON: '资料更正',
  GUIDE: '更换导购',
  EXPORT: '导出数据',
  CANCELLED: '注销',
};
const ANOMALY_TITLE: Readonly<Record<AnomalyKind, string>> = {
  MANY_PHONES: '一个会员很多手机号',
  MANY_IDENTIFIERS: '一个会员身份标识过多',
  PHONE_OF_MANY: '一个手机号很多会员在用',
  MERGED_OFTEN: '近期多次合并',
  CARD_OF_MANY: '一张会员卡很多人在用',
};

/** Members, anomalies and shared phones at headquarters. */
@Injectable()
export class MemberDesk {
  private readonly rows = new MemberDeskStore();
  private readonly people = new PeopleStore();
  private readonly consents = new ConsentsStore();
  private readonly merges = new MergesStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(PeopleView) private readonly view: PeopleView,
    @Inject(MergeDesk) private readonly mergeDesk: MergeDesk,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
  ) {}

  async search(
    { brandId }: Desk,
    query: QueryOf<typeof consoleRoutes.members>,
  ): Promise<ResponseOf<typeof consoleRoutes.members>> {
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0];
    const q = query.q?.trim();
    const phoneHash = q && /^1\d{10}$/.test(q) ? await this.policies.phoneHash(brandId, q) : null;
    const ids = await this.rows.search(this.database, brandId, {
      ...(q ? { q } : {}),
      ...(query.kind ? { kind: query.kind } : {}),
      phoneHash,
      ...(before ? { before } : {}),
      limit: limit + 1,
    });
    const page = pageOf(
      ids,
      limit,
      (id) => id,
      (id) => makeCursor(id),
    );
    return { items: await this.view.cards(brandId, page.items), nextCursor: page.nextCursor };
  }

  /** @throws AppError NOT_FOUND */
  async detail({ brandId }: Desk, id: string): Promise<MemberDetail> {
    const memberId = asId<'member'>(id);
    const [person] = await this.view.cards(brandId, [memberId]);
    const [status] = await this.people.statuses(this.database, brandId, [memberId]);
    if (!person || !status) throw refuse('NOT_FOUND');
    const policy = await this.policies.of(brandId);
    const [consents, memberships, merges, assets] = await Promise.all([
      this.consents.of(this.database, brandId, memberId),
      this.consents.memberships(this.database, brandId, memberId),
      this.mergeDesk.ofMember(brandId, memberId),
      this.assets(brandId, memberId),
    ]);
    const into = status.mergedInto
      ? (await this.view.profiles(brandId, [status.mergedInto])).get(status.mergedInto)
      : null;
    return {
      person,
      mergedInto: into ?? null,
      realNameMasked: status.realName ? maskName(status.realName) : null,
      birthday: status.birthday ? status.birthday.slice(5) : null,
      isPersonalised: status.isPersonalised,
      memberships: [{ code: MAIN, name: '品牌' }, ...policy.subBrands].map(({ code, name }) => {
        const found = memberships.find((one) => one.subBrand === code);
        return {
          subBrand: code,
          name,
          isMember: found !== undefined,
          via: found?.via ?? null,
          joinedAt: found?.joinedAt.toISOString() ?? null,
        };
      }),
      consents: consentViews(policy, consents),
      merges,
      assets,
    };
  }

  /** Events of the record and of those that were merged into it. */
  async timeline(
    { brandId }: Desk,
    id: string,
    query: QueryOf<typeof consoleRoutes.memberTimeline>,
  ): Promise<ResponseOf<typeof consoleRoutes.memberTimeline>> {
    const memberId = asId<'member'>(id);
    if ((await this.people.statuses(this.database, brandId, [memberId])).length === 0) throw refuse('NOT_FOUND');
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0] ?? null;
    const sources = await this.merges.sourcesOf(this.database, brandId, [memberId]);
    const rows = await this.rows.events(this.database, brandId, [memberId, ...sources], before, limit + 1);
    return pageOf(
      rows,
      limit,
      (row) => ({
        id: row.id,
        at: row.at.toISOString(),
        kind: row.kind,
        title: EVENT_TITLE[row.kind] ?? row.kind,
        text: row.member_id === memberId ? row.text : `（已并入的记录）${row.text}`,
        by: row.done_by === 'system' ? '系统' : row.done_by,
      }),
      (row) => makeCursor(row.id),
    );
  }

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

  async backfills({ brandId }: Desk): Promise<ResponseOf<typeof consoleRoutes.memberBackfills>> {
    return (await this.rows.backfills(this.database, brandId)).map((row) => {
      const [read, busy] = [Number(row['read_rows']), Number(row['busy_ms'])];
      return {
        id: asId(String(row['id'])),
        source: String(row['source']),
        state: row['state'] as 'RUNNING' | 'PAUSED' | 'DONE' | 'FAILED',
        readRows: read,
        created: Number(row['created']),
        matched: Number(row['matched']),
        dormant: Number(row['dormant']),
        candidates: Number(row['candidates']),
        errorRows: Number(row['error_rows']),
        rowsPerSecond: busy === 0 ? 0 : Math.floor((read * 1000) / busy),
        startedAt: (row['started_at'] as Date).toISOString(),
        finishedAt: (row['finished_at'] as Date | null)?.toISOString() ?? null,
      };
    });
  }

  /** What the member would lose or get back by leaving is what the member has. */
  private async assets(brandId: Desk['brandId'], memberId: MemberId): Promise<MemberDetail['assets']> {
    const found = [];
    for (const [, asset] of MemberAssets.all())
      found.push(...(await asset.beforeLeaving(this.database, brandId, memberId)).settlements);
    return found.map(({ title, amountText }) => ({ title, text: amountText }));
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
