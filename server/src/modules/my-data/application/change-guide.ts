import { Inject, Injectable } from '@nestjs/common';
import type { GuideCard, GuideChange } from '@shuke/shared/contracts';
import { asId, type BrandId, type GuideId, type Id, type StoreId } from '@shuke/shared/kernel';
import type { Consumer, Desk, Guide } from '../../../platform/access/actor.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { keepResult, once, type RequestKey, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Bindings } from '../../guides/index.js';
import { MemberPolicies, Members } from '../../members/index.js';
import { Organization } from '../../organization/index.js';
import { type Change, MyDataStore } from '../persistence/my-data.store.js';
import { refuseData } from './my-data-errors.js';

const PAGE = 20;
const STATE_TEXT = { OPEN: '处理中', APPROVED: '已更换', REFUSED: '未同意', WITHDRAWN: '已撤回' } as const;

export interface Decision {
  isGranted: boolean;
  toGuideId?: string | undefined;
  note: string;
}
interface ListQuery {
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** A consumer's wish for another guide: at once where the brand allows it, else a manager or headquarters decides. */
@Injectable()
export class ChangeGuide {
  private readonly rows = new MyDataStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Bindings) private readonly bindings: Bindings,
    @Inject(Members) private readonly members: Members,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
  ) {}

  /** Guides to choose from: of the store that is named, else of the present guide's, the present one left out. */
  async choices({ brandId, memberId }: Consumer, storeId?: string): Promise<GuideCard[]> {
    const binding = await this.bindings.bindingOf(this.database, brandId, memberId);
    const store = storeId ? asId<'store'>(storeId) : binding?.storeId;
    if (!store) return [];
    const guides = await this.organization.guidesOfStore(brandId, store);
    return guides
      .filter((one) => one.status === 'ACTIVE' && one.id !== binding?.guideId)
      .map((one) => this.organization.guideCard(one));
  }

  /** @throws AppError CHANGE_OPEN, CHANGE_GUIDE for a guide who is not there or is the present one */
  async ask(
    actor: Consumer,
    wish: { toGuideId?: string | undefined; reason: string },
    key: string | null = null,
  ): Promise<GuideChange> {
    const { brandId, memberId } = actor;
    if (!key) return this.one(brandId, await this.open(actor, wish, null));
    const request = requestKey(brandId, `mall.changeGuide ${memberId}`, key, wish);
    return this.one(brandId, await once(this.database, request, () => this.open(actor, wish, request)));
  }

  private async open(
    { brandId, memberId }: Consumer,
    wish: { toGuideId?: string | undefined; reason: string },
    request: RequestKey | null,
  ): Promise<Id<'guideChange'>> {
    const policy = await this.policies.of(brandId);
    const wanted = wish.toGuideId ? await this.organization.guide(brandId, asId<'guide'>(wish.toGuideId)) : null;
    const binding = await this.bindings.bindingOf(this.database, brandId, memberId);
    if (wish.toGuideId && (wanted?.status !== 'ACTIVE' || wanted.id === binding?.guideId))
      throw refuseData('CHANGE_GUIDE');
    const isAtOnce = policy.guideChange === 'ALLOWED' && wanted !== null;
    const id = this.ids.next<'guideChange'>();
    try {
      await this.unitOfWork.run('ask for another guide', async (tx) => {
        await this.rows.addChange(tx, brandId, {
          id,
          memberId,
          fromGuideId: binding?.guideId ?? null,
          toGuideId: wanted?.id ?? null,
          storeId: binding?.storeId ?? wanted?.storeId ?? null,
          reason: wish.reason,
          state: isAtOnce ? 'APPROVED' : 'OPEN',
          at: tx.now,
          decidedAt: isAtOnce ? tx.now : null,
          decidedBy: isAtOnce ? '按规则' : null,
          note: null,
        });
        if (request) await keepResult(tx, request, id);
        if (isAtOnce && wanted) await this.assign(tx, brandId, memberId, wanted.id, id);
      });
    } catch (error) {
      throw isDuplicate(error) ? refuseData('CHANGE_OPEN') : error;
    }
    return id;
  }

  /** @throws AppError NOT_FOUND, CHANGE_DECIDED */
  async withdraw({ brandId, memberId }: Consumer, id: string): Promise<GuideChange> {
    await this.unitOfWork.run('withdraw a wish', async (tx) => {
      const change = await this.rows.lockChange(tx, brandId, id);
      if (!change || change.memberId !== memberId) throw refuse('NOT_FOUND');
      if (change.state !== 'OPEN') throw refuseData('CHANGE_DECIDED');
      await this.rows.decideChange(tx, brandId, id, { state: 'WITHDRAWN', by: '本人', note: null, toGuideId: null });
    });
    return this.one(brandId, id);
  }

  /**
   * Headquarters decides any, a manager those of the own store.
   * @throws AppError NOT_FOUND, CHANGE_DECIDED, CHANGE_GUIDE when granted without a guide to go to
   */
  async decide(actor: Desk | Guide, id: string, decision: Decision): Promise<GuideChange> {
    const { brandId } = actor;
    const by =
      actor.kind === 'guide'
        ? `${(await this.organization.guide(brandId, actor.guideId))?.name ?? ''}（店长）`
        : actor.name;
    await this.unitOfWork.run('decide a wish', async (tx) => {
      const change = await this.rows.lockChange(tx, brandId, id);
      if (!change || (actor.kind === 'guide' && change.storeId !== actor.storeId)) throw refuse('NOT_FOUND');
      if (change.state !== 'OPEN') throw refuseData('CHANGE_DECIDED');
      const toGuideId = decision.toGuideId ? asId<'guide'>(decision.toGuideId) : change.toGuideId;
      if (decision.isGranted) await this.grant(tx, actor, change, toGuideId);
      await this.rows.decideChange(tx, brandId, id, {
        state: decision.isGranted ? 'APPROVED' : 'REFUSED',
        by,
        note: decision.note || null,
        toGuideId: decision.isGranted ? toGuideId : null,
      });
    });
    return this.one(brandId, id);
  }

  async list(
    brandId: BrandId,
    query: ListQuery & { state?: string | undefined; isOpen?: boolean | undefined },
    storeId?: StoreId,
  ): Promise<{ items: GuideChange[]; nextCursor: string | null }> {
    const limit = query.limit ?? PAGE;
    const found = await this.rows.changes(this.database, brandId, {
      ...(storeId ? { storeId } : {}),
      ...(query.state ? { state: query.state } : {}),
      ...(query.isOpen === undefined ? {} : { isOpen: query.isOpen }),
      before: readCursor(query.cursor, [DIGITS])?.[0] ?? null,
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

  /** The member's open or last request. */
  async latest({ brandId, memberId }: Consumer): Promise<GuideChange | null> {
    const found = await this.rows.changes(this.database, brandId, { memberId, limit: 1 });
    return (await this.views(brandId, found))[0] ?? null;
  }

  private async grant(tx: Tx, actor: Desk | Guide, change: Change, toGuideId: GuideId | null): Promise<void> {
    const guide = toGuideId ? await this.organization.guide(actor.brandId, toGuideId) : null;
    if (guide?.status !== 'ACTIVE' || guide.id === change.fromGuideId) throw refuseData('CHANGE_GUIDE');
    // A manager speaks for the own store's guides; a guide of another store is headquarters' to give.
    if (actor.kind === 'guide' && guide.storeId !== actor.storeId) throw refuseData('CHANGE_GUIDE');
    await this.assign(tx, actor.brandId, change.memberId, guide.id, change.id);
  }

  private async assign(tx: Tx, brandId: BrandId, memberId: Change['memberId'], guideId: GuideId, id: string) {
    await this.bindings.bind(tx, { brandId, memberId, guideId, way: 'ASSIGN', evidence: `guide-change:${id}` });
  }

  private async one(brandId: BrandId, id: string): Promise<GuideChange> {
    const [view] = await this.views(brandId, await this.rows.changes(this.database, brandId, { id, limit: 1 }));
    if (!view) throw refuse('NOT_FOUND');
    return view;
  }

  private async views(brandId: BrandId, changes: readonly Change[]): Promise<GuideChange[]> {
    const profiles = await this.members.profiles(brandId, [...new Set(changes.map((one) => one.memberId))]);
    const name = async (id: GuideId | null) =>
      id ? ((await this.organization.guide(brandId, id))?.name ?? null) : null;
    const views: GuideChange[] = [];
    for (const one of changes) {
      const member = profiles.get(one.memberId);
      if (!member) continue;
      views.push({
        id: one.id,
        state: one.state,
        stateText: STATE_TEXT[one.state],
        member,
        fromGuideName: await name(one.fromGuideId),
        toGuideName: await name(one.toGuideId),
        storeName: one.storeId ? ((await this.organization.store(brandId, one.storeId))?.name ?? null) : null,
        reason: one.reason,
        at: one.at.toISOString(),
        decidedAt: one.decidedAt?.toISOString() ?? null,
        decidedBy: one.decidedBy,
        note: one.note,
      });
    }
    return views;
  }
}
