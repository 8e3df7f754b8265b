import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type MemberId } from '@shuke/shared/kernel';
import { SessionEnds } from '../../../platform/access/session-ends.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { type MemberMove, MemberMovers, type MergeId, type MoveEffect } from '../../one-id/index.js';
import { type Identifier, strengthOf } from '../domain/identifiers.js';
import { type Signal, scoreOf, signalsOf } from '../domain/match-score.js';
import { type Blocker, directionOf } from '../domain/merge-rules.js';
import { CandidatesStore } from '../persistence/candidates.store.js';
import { type Merge, MergesStore } from '../persistence/merges.store.js';
import { PeopleStore } from '../persistence/people.store.js';
import { MemberPolicies } from './member-policies.js';
import { Members } from './members.js';
import { refuseMember } from './members-errors.js';
import { PairView } from './pair-view.js';

/** So long the rows of work that was under way at the merge are looked for. */
const FOLLOW_MS = 600_000;
const FOLLOW_MAX = 500;

export interface MergeOrder {
  brandId: BrandId;
  from: MemberId;
  into: MemberId;
  cause: 'AUTO' | 'MANUAL';
  reason: string;
  by: string;
  evidence?: unknown;
}
export interface Verdict {
  outcome: 'MERGED' | 'QUEUED' | 'NOTHING';
  mergeId: MergeId | null;
  into: MemberId | null;
}
export interface Preview {
  from: MemberId;
  into: MemberId;
  blockers: Blocker[];
  effects: MoveEffect[];
}

/**
 * Makes two records one and two again (product.md A1, pain 18). Nothing is copied and nothing is dropped: every row that
 * changes hands is noted with the merge, so taking it back returns exactly those rows and leaves what came since.
 */
@Injectable()
export class Merges {
  private readonly rows = new MergesStore();
  private readonly candidates = new CandidatesStore();
  private readonly people = new PeopleStore();
  private readonly pairs: PairView;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Members) private readonly members: Members,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
    @Inject(SessionEnds) private readonly sessions: Pick<SessionEnds, 'end'>,
  ) {
    this.pairs = new PairView(policies);
  }

  /** Every consequence, without doing it. @throws AppError NOT_FOUND, MERGE_SELF */
  async preview(brandId: BrandId, from: MemberId, into: MemberId): Promise<Preview> {
    if (from === into) throw refuseMember('MERGE_SELF');
    const { a, b, blockers } = await this.pairs.look(this.database, brandId, [from, into]);
    if (!a || !b) throw refuse('NOT_FOUND');
    const effects: MoveEffect[] = [];
    for (const [, mover] of MemberMovers.all())
      effects.push(...(await mover.preview(this.database, brandId, from, into)));
    return { from, into, blockers, effects };
  }

  /** Which of two should go on, as the rules would have it. @throws AppError NOT_FOUND */
  async suggested(brandId: BrandId, pair: readonly [MemberId, MemberId]): Promise<{ from: MemberId; into: MemberId }> {
    const { a, b } = await this.pairs.look(this.database, brandId, pair);
    if (!a || !b) throw refuse('NOT_FOUND');
    return directionOf(a, b);
  }

  /**
   * Merges on somebody's order. @returns the merge
   * @throws AppError NOT_FOUND, MERGE_SELF, MERGE_BLOCKED with the blockers that nobody may overrule
   */
  merge(order: MergeOrder): Promise<MergeId> {
    return this.unitOfWork.run('merge members', (tx) => this.mergeIn(tx, order));
  }

  /**
   * Looks at two records that something connects: merges them when strong proof meets no objection, else puts them into
   * the queue, else leaves them. Never fails because of what it finds.
   *
   * @param seen identifiers that both were met with, though only one can have them
   * @param present who is acting right now and should go on
   */
  async consider(
    brandId: BrandId,
    pair: readonly [MemberId, MemberId],
    seen: readonly Identifier[],
    present: MemberId | null = null,
  ): Promise<Verdict> {
    return this.unitOfWork.run('consider a pair', (tx) => this.considerIn(tx, brandId, pair, seen, present));
  }

  /** The same in the caller's transaction. */
  async considerIn(
    tx: Tx,
    brandId: BrandId,
    pair: readonly [MemberId, MemberId],
    seen: readonly Identifier[],
    present: MemberId | null = null,
  ): Promise<Verdict> {
    const nothing: Verdict = { outcome: 'NOTHING', mergeId: null, into: null };
    if (pair[0] === pair[1]) return nothing;
    const policy = await this.policies.of(brandId);
    const { a, b, blockers } = await this.pairs.look(tx, brandId, pair, true);
    if (!a || !b || blockers.some((one) => one.code === 'NOT_ACTIVE')) return nothing;
    const decided = await this.candidates.pair(tx, brandId, a.id, b.id);
    if (decided?.state === 'REFUSED') return nothing;
    const signals = signalsOf(a, b, seen);
    const score = scoreOf(signals, blockers);
    if (blockers.length === 0 && signals.some((one) => one.strength === 'STRONG')) {
      const { from, into } = directionOf(a, b, present);
      const order = { brandId, from, into, cause: 'AUTO' as const, by: 'system', evidence: signals };
      return { outcome: 'MERGED', into, mergeId: await this.mergeIn(tx, { ...order, reason: reasonOf(signals) }) };
    }
    // A card or number that both were met with is worth a question, however much speaks against the pair; what people may
    // share without knowing is not.
    const isMet = score > 0 && seen.some((one) => strengthOf(one.kind) !== 'HINT');
    if (score < policy.candidateScore && !isMet) return nothing;
    await this.candidates.offer(tx, brandId, { id: this.ids.next(), a: a.id, b: b.id, score, signals, blockers });
    return { outcome: 'QUEUED', mergeId: null, into: null };
  }

  /** The merge itself, in the caller's transaction. */
  async mergeIn(tx: Tx, order: MergeOrder): Promise<MergeId> {
    const { brandId, from, into, cause } = order;
    if (from === into) throw refuseMember('MERGE_SELF');
    const { a, b, blockers } = await this.pairs.look(tx, brandId, [from, into], true);
    if (!a || !b) throw refuse('NOT_FOUND');
    const against = blockers.filter((one) => one.isFinal || cause === 'AUTO');
    if (against.length > 0) throw refuseMember('MERGE_BLOCKED', against, against.map((one) => one.text).join('；'));
    const move: MemberMove = { brandId, from, into, mergeId: this.ids.next<'merge'>(), at: tx.now };
    await this.rows.insert(tx, brandId, {
      ...order,
      id: move.mergeId,
      fromStatus: a.status,
      mergedAt: tx.now,
      followUntil: new Date(tx.now.getTime() + FOLLOW_MS),
      evidence: order.evidence ?? [],
    });
    for (const [, mover] of MemberMovers.all()) await mover.move(tx, move);
    await this.rows.markMerged(tx, brandId, from, into);
    await this.members.refreshGrowth(tx, brandId, [from, into]);
    const pair = { id: this.ids.next<'mergeCandidate'>(), a: from, b: into, by: order.by, reason: order.reason };
    await this.candidates.decide(tx, brandId, { ...pair, state: 'MERGED' });
    await this.note(tx, move, 'MERGED', order.by, [
      `并入会员 ${into}：${order.reason}`,
      `并入了会员 ${from}：${order.reason}`,
    ]);
    await this.sessions.end(tx, [`member:${from}`]);
    tx.emit({ brandId, type: 'member.merged', payload: { mergeId: move.mergeId, from, into, cause } });
    return move.mergeId;
  }

  /**
   * Takes a merge back. The pair will not be merged by itself again.
   * @throws AppError NOT_FOUND, UNMERGE_DONE, UNMERGE_ORDER when the remaining record has itself been merged or has left
   */
  unmerge(brandId: BrandId, id: MergeId, by: string, reason: string): Promise<void> {
    return this.unitOfWork.run('unmerge members', async (tx) => {
      const merge = await this.rows.lock(tx, brandId, id);
      if (!merge) throw refuse('NOT_FOUND');
      if (merge.unmergedAt) throw refuseMember('UNMERGE_DONE');
      const { from, into } = merge;
      const statuses = new Map(
        (await this.people.statuses(tx, brandId, [from, into], true)).map((one) => [one.id, one.status]),
      );
      if (statuses.get(into) !== 'ACTIVE' && statuses.get(into) !== 'DORMANT') throw refuseMember('UNMERGE_ORDER');
      const move: MemberMove = { brandId, from, into, mergeId: id, at: tx.now };
      // What arrived since the last look first goes where it was sent, so that nothing is left between the two.
      for (const [, mover] of MemberMovers.all().reverse()) await mover.moveBack(tx, move);
      await this.rows.markApart(tx, brandId, from, merge.fromStatus);
      await this.rows.close(tx, brandId, id, by, reason);
      await this.members.refreshGrowth(tx, brandId, [from, into]);
      const pair = { id: this.ids.next<'mergeCandidate'>(), a: from, b: into, by, reason: `已拆分：${reason}` };
      await this.candidates.decide(tx, brandId, { ...pair, state: 'REFUSED' });
      await this.note(tx, move, 'UNMERGED', by, [
        `从会员 ${into} 拆分出来：${reason}`,
        `拆分出会员 ${from}：${reason}`,
      ]);
      // A session of the remaining record may have come in by an identity that is the other's again.
      await this.sessions.end(tx, [`member:${into}`]);
      tx.emit({ brandId, type: 'member.unmerged', payload: { mergeId: id, from, into } });
    });
  }

  /** Brings rows along that were written for the ended record while it was being merged. @returns how many */
  async follow(now: Date): Promise<number> {
    const following = await this.rows.following(this.database, now, FOLLOW_MAX);
    return eachAlone(
      'follow a merge',
      following,
      ({ id }) => id,
      ({ brandId, id }) => this.unitOfWork.run('follow a merge', (tx) => this.followOne(tx, brandId, id)),
    );
  }

  private async followOne(tx: Tx, brandId: BrandId, id: MergeId): Promise<boolean> {
    const merge = await this.rows.lock(tx, brandId, id);
    if (!merge || merge.unmergedAt) return false;
    const { from, into } = merge;
    let count = 0;
    for (const [, mover] of MemberMovers.all())
      count += await mover.move(tx, { brandId, from, into, mergeId: id, at: tx.now });
    if (count > 0) await this.members.refreshGrowth(tx, brandId, [from, into]);
    return count > 0;
  }

  find(brandId: BrandId, id: MergeId): Promise<Merge | null> {
    return this.rows.find(this.database, brandId, id);
  }

  private note(tx: Tx, move: MemberMove, kind: string, by: string, texts: [from: string, into: string]) {
    return this.people.note(
      tx,
      move.brandId,
      [move.from, move.into].map((memberId, index) => ({
        id: this.ids.next<'memberEvent'>(),
        memberId,
        kind,
        text: texts[index] ?? '',
        by,
        at: tx.now,
      })),
    );
  }
}

const reasonOf = (signals: readonly Signal[]): string => {
  const strong = signals.filter((one) => one.strength === 'STRONG').map((one) => one.text);
  return `自动合并：${strong.join('；')}`;
};
