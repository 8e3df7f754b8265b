import { Inject, Injectable } from '@nestjs/common';
import type {
  BodyOf,
  consoleRoutes,
  MergeCandidate,
  MergePreview,
  MergeView,
  QueryOf,
  ResponseOf,
} from '@shuke/shared/contracts';
import { asId, type BrandId, type MemberId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { MergeRowsStore } from '../../one-id/index.js';
import { type Candidate, CandidatesStore } from '../persistence/candidates.store.js';
import { type Merge, MergesStore } from '../persistence/merges.store.js';
import { Merges } from './merges.js';
import { PeopleView } from './people-view.js';

const PAGE = 20;
const SUBJECT_TEXT: Readonly<Record<string, string>> = {
  identifier: '身份标识',
  order: '订单',
  address: '收货地址',
  cart: '购物车商品',
  tag: '标签',
  contact: '企业微信联系人',
  trail: '浏览记录',
  send: '导购消息',
  binding: '专属导购',
  consent: '授权',
  membership: '品牌会籍',
  wallet: '储值',
  points: '积分',
  coupon: '优惠券',
  growth: '成长值',
  review: '评价',
};

/** The merge queue and manual merges at headquarters (product.md A1). */
@Injectable()
export class MergeDesk {
  private readonly rows = new MergesStore();
  private readonly queue = new CandidatesStore();
  private readonly journal = new MergeRowsStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Merges) private readonly merges: Merges,
    @Inject(PeopleView) private readonly view: PeopleView,
  ) {}

  async candidates(
    { brandId }: Desk,
    query: QueryOf<typeof consoleRoutes.mergeCandidates>,
  ): Promise<ResponseOf<typeof consoleRoutes.mergeCandidates>> {
    const limit = query.limit ?? PAGE;
    const after = readCursor(query.cursor, [DIGITS, DIGITS]) as [string, string] | null;
    const found = await this.queue.list(this.database, brandId, {
      state: query.state ?? 'OPEN',
      minScore: query.minScore ?? 0,
      after,
      limit: limit + 1,
    });
    const page = pageOf(
      found,
      limit,
      (one) => one,
      (one) => makeCursor(one.score, one.id),
    );
    return { items: await this.candidateViews(brandId, page.items), nextCursor: page.nextCursor };
  }

  /** @throws AppError NOT_FOUND */
  async candidate({ brandId }: Desk, id: string): Promise<ResponseOf<typeof consoleRoutes.mergeCandidate>> {
    const found = await this.queue.find(this.database, brandId, asId(id));
    const [candidate] = found ? await this.candidateViews(brandId, [found]) : [];
    if (!found || !candidate) throw refuse('NOT_FOUND');
    // Whoever decides sees the way round that the rules would take; the other way is a tap away.
    const { from, into } = await this.merges.suggested(brandId, [found.a, found.b]);
    return { candidate, preview: await this.preview({ brandId }, { fromId: from, intoId: into }) };
  }

  /** @throws AppError NOT_FOUND, CONFLICT when somebody has decided already */
  async refuseCandidate(actor: Desk, id: string, reason: string): Promise<MergeCandidate> {
    const { brandId } = actor;
    const found = await this.queue.find(this.database, brandId, asId(id));
    if (!found) throw refuse('NOT_FOUND');
    if (found.state !== 'OPEN') throw refuse('CONFLICT');
    await this.unitOfWork.run('refuse a pair', (tx) =>
      this.queue.decide(tx, brandId, { ...found, state: 'REFUSED', by: actor.name, reason }),
    );
    return (await this.candidate(actor, id)).candidate;
  }

  /** @throws AppError NOT_FOUND, MERGE_SELF */
  async preview({ brandId }: Pick<Desk, 'brandId'>, pair: { fromId: string; intoId: string }): Promise<MergePreview> {
    const [fromId, intoId] = [asId<'member'>(pair.fromId), asId<'member'>(pair.intoId)];
    const preview = await this.merges.preview(brandId, fromId, intoId);
    const [from, into] = await this.view.cards(brandId, [fromId, intoId]);
    if (!from || !into) throw refuse('NOT_FOUND');
    return {
      from,
      into,
      canMerge: !preview.blockers.some((one) => one.isFinal),
      blockers: preview.blockers,
      effects: preview.effects,
    };
  }

  /** @throws AppError NOT_FOUND, MERGE_SELF, MERGE_BLOCKED */
  async merge(actor: Desk, body: BodyOf<typeof consoleRoutes.merge>): Promise<MergeView> {
    const { brandId } = actor;
    const [from, into] = [asId<'member'>(body.fromId), asId<'member'>(body.intoId)];
    const earlier = (await this.rows.list(this.database, brandId, { memberId: from, isUndone: false, limit: 20 })).find(
      (one) => one.from === from && one.into === into,
    );
    // Told twice is done once: the second answer is the first one's.
    const id =
      earlier?.id ??
      (await this.merges.merge({ brandId, from, into, cause: 'MANUAL', reason: body.reason, by: actor.name }));
    return this.detail(actor, id);
  }

  /** @throws AppError NOT_FOUND, UNMERGE_DONE, UNMERGE_ORDER */
  async undo(actor: Desk, id: string, reason: string): Promise<MergeView> {
    const before = await this.merges.find(actor.brandId, asId(id));
    // The same person's repeat of a lost answer.
    const isRepeat = before?.unmergedAt && before.unmergedBy === actor.name && before.unmergeReason === reason;
    if (!isRepeat) await this.merges.unmerge(actor.brandId, asId(id), actor.name, reason);
    return this.detail(actor, id);
  }

  async list(
    { brandId }: Desk,
    query: QueryOf<typeof consoleRoutes.merges>,
  ): Promise<ResponseOf<typeof consoleRoutes.merges>> {
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0];
    const found = await this.rows.list(this.database, brandId, {
      ...(query.memberId ? { memberId: asId<'member'>(query.memberId) } : {}),
      ...(query.cause ? { cause: query.cause } : {}),
      ...(query.isUndone === undefined ? {} : { isUndone: query.isUndone }),
      ...(before ? { before } : {}),
      limit: limit + 1,
    });
    const page = pageOf(
      found,
      limit,
      (one) => one,
      (one) => makeCursor(one.id),
    );
    return { items: await this.views(brandId, page.items), nextCursor: page.nextCursor };
  }

  /** @throws AppError NOT_FOUND */
  async detail({ brandId }: Desk, id: string): Promise<MergeView> {
    const found = await this.merges.find(brandId, asId(id));
    const [view] = found ? await this.views(brandId, [found]) : [];
    if (!view) throw refuse('NOT_FOUND');
    return view;
  }

  async ofMember(brandId: BrandId, memberId: MemberId): Promise<MergeView[]> {
    return this.views(brandId, await this.rows.list(this.database, brandId, { memberId, limit: 50 }));
  }

  private async views(brandId: BrandId, merges: readonly Merge[]): Promise<MergeView[]> {
    const profiles = await this.view.profiles(
      brandId,
      merges.flatMap((one) => [one.from, one.into]),
    );
    const counts = await this.journal.counts(
      this.database,
      brandId,
      merges.map((one) => one.id),
    );
    return merges.flatMap((merge): MergeView[] => {
      const [from, into] = [profiles.get(merge.from), profiles.get(merge.into)];
      if (!from || !into) return [];
      const rows = counts
        .filter((one) => one.mergeId === merge.id && SUBJECT_TEXT[one.subject])
        .map(({ subject, count }) => ({ subject, count, title: SUBJECT_TEXT[subject] ?? subject }));
      const sum = rows.reduce((total, one) => total + one.count, 0);
      return [
        {
          id: merge.id,
          from,
          into,
          cause: merge.cause,
          reason: merge.reason,
          by: merge.by === 'system' ? '系统' : merge.by,
          mergedAt: merge.mergedAt.toISOString(),
          unmergedAt: merge.unmergedAt?.toISOString() ?? null,
          unmergedBy: merge.unmergedBy,
          unmergeReason: merge.unmergeReason,
          canUndo: merge.unmergedAt === null,
          undoText: merge.unmergedAt
            ? '已经拆分'
            : `拆分会把合并时归过来的 ${sum} 项原样退回，合并后新产生的留在保留的会员名下`,
          rows,
        },
      ];
    });
  }

  private async candidateViews(brandId: BrandId, found: readonly Candidate[]): Promise<MergeCandidate[]> {
    const profiles = await this.view.profiles(
      brandId,
      found.flatMap((one) => [one.a, one.b]),
    );
    return found.flatMap((one): MergeCandidate[] => {
      const [a, b] = [profiles.get(one.a), profiles.get(one.b)];
      if (!a || !b) return [];
      return [
        {
          id: one.id,
          state: one.state,
          score: one.score,
          signals: one.signals as MergeCandidate['signals'],
          blockers: one.blockers as MergeCandidate['blockers'],
          a,
          b,
          createdAt: one.createdAt.toISOString(),
          decidedAt: one.decidedAt?.toISOString() ?? null,
          decidedBy: one.decidedBy,
          reason: one.reason,
        },
      ];
    });
  }
}
