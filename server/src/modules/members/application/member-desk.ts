import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, MemberDetail, QueryOf, ResponseOf } from '@shuke/shared/contracts';
import { asId, type MemberId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { MemberAssets } from '../../one-id/index.js';
import { maskName } from '../domain/identifiers.js';
import { MAIN } from '../domain/policy.js';
import { ConsentsStore } from '../persistence/consents.store.js';
import { MemberDeskStore } from '../persistence/desk.store.js';
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
  BIRTHDAY: '资料更正',
  GUIDE: '更换导购',
  EXPORT: '导出数据',
  CANCELLED: '注销',
};
/** Members at headquarters: who they are, what happened to them, and which old files were read. */
@Injectable()
export class MemberDesk {
  private readonly rows = new MemberDeskStore();
  private readonly people = new PeopleStore();
  private readonly consents = new ConsentsStore();
  private readonly merges = new MergesStore();

  constructor(
    @Inject(Database) private readonly database: Database,
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
}
