import { Inject, Injectable } from '@nestjs/common';
import type { LevelSchemeInput, LevelSchemeView, MyLevel } from '@shuke/shared/contracts';
import { type BrandId, groupedText, type MemberId } from '@shuke/shared/kernel';
import type { Static } from '@sinclair/typebox';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { orConflict } from '../../../platform/database/or-conflict.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, readCursor } from '../../../platform/http/cursor.js';
import { addMonths, replay } from '../domain/level-course.js';
import { levelAt, levelFor, levelView, schemeProblem, shownGrowth } from '../domain/level-scheme.js';
import type { LevelEvent } from '../persistence/level.store.js';
import { effectiveLevel, Levels } from './levels.js';
import { refuseLevel } from './levels-errors.js';

const WARN_MS = 30 * 86_400_000;
const REBUILD_PAGE = 100;

/** Levels for people: the member's own page, and what headquarters does with them. */
@Injectable()
export class LevelDesk {
  constructor(
    @Inject(Levels) private readonly levels: Levels,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws AppError NOT_FOUND */
  async page(brandId: BrandId, memberId: MemberId): Promise<MyLevel> {
    const { rows } = this.levels;
    const [scheme, card, found, history] = await Promise.all([
      this.levels.scheme(brandId),
      rows.card(this.database, brandId, memberId),
      rows.rows(this.database, brandId, [memberId]),
      rows.events(this.database, brandId, memberId),
    ]);
    if (!card) throw refuse('NOT_FOUND');
    const row = found.get(memberId) ?? null;
    const mine = levelAt(scheme, card.level);
    const { nextLevelGrowth } = levelView(scheme, card.level);
    const name = (level: number) => levelAt(scheme, level).name;
    return {
      level: mine.level,
      name: mine.name,
      growth: card.growth,
      nextLevelName: scheme.levels.find((one) => one.level > mine.level)?.name ?? null,
      nextLevelGrowth,
      benefits: mine.benefits,
      since: (row?.since ?? card.joined_at).toISOString(),
      periodEndsAt: row?.periodEndsAt.toISOString() ?? null,
      grantedUntil: row?.grantedUntil?.toISOString() ?? null,
      warning: row ? await this.warningOf(brandId, memberId, row.level, row.periodEndsAt) : null,
      levels: scheme.levels,
      history: history.map((one) => ({
        at: one.at.toISOString(),
        text:
          one.from_level === one.to_level
            ? `${one.reason}（${name(one.to_level)}）`
            : `${name(one.from_level)} → ${name(one.to_level)}：${one.reason}`,
      })),
    };
  }

  private async warningOf(brandId: BrandId, memberId: MemberId, level: number, endsAt: Date): Promise<string | null> {
    const left = endsAt.getTime() - this.clock.now();
    if (left > WARN_MS || level <= 1) return null;
    const scheme = await this.levels.scheme(brandId);
    const growth = shownGrowth(await this.levels.rows.growthAt(this.database, brandId, memberId, endsAt));
    if (levelFor(scheme, growth).level >= level) return null;
    const short = levelAt(scheme, level).fromGrowth - growth;
    return `等级将在 ${Math.max(1, Math.ceil(left / 86_400_000))} 天后重新评定，还差 ${groupedText(short)} 成长值就能保住${levelAt(scheme, level).name}`;
  }

  async scheme(brandId: BrandId): Promise<Static<typeof LevelSchemeView>> {
    const [scheme, memberCounts] = await Promise.all([
      this.levels.rows.scheme(this.database, brandId),
      this.levels.rows.counts(this.database, brandId),
    ]);
    const { version, levels, periodMonths, growthMonths, publishedAt } = scheme;
    return {
      version,
      levels,
      periodMonths,
      growthMonths,
      publishedAt: publishedAt?.toISOString() ?? null,
      memberCounts,
    };
  }

  /** Publishes a new version. Nobody falls because of it before the period ends. @throws AppError LEVEL_SCHEME, CONFLICT */
  async publish(actor: Desk, input: LevelSchemeInput): Promise<Static<typeof LevelSchemeView>> {
    const problem = schemeProblem(input);
    if (problem) throw refuseLevel('LEVEL_SCHEME', undefined, problem);
    await orConflict(
      this.unitOfWork.run('publish levels', async (tx) => {
        const { version } = await this.levels.rows.scheme(tx, actor.brandId);
        await this.levels.rows.publish(tx, actor.brandId, version + 1, input, actorLabel(actor));
      }),
    );
    this.levels.forget(actor.brandId);
    return this.scheme(actor.brandId);
  }

  /** Gives a level until a day, bought or as a gift; the earned one goes on beneath it. @throws AppError LEVEL_UNKNOWN, NOT_FOUND */
  async grant(
    actor: Desk,
    memberId: MemberId,
    wish: { level: number; until: string; reason: string },
  ): Promise<MyLevel> {
    const { brandId } = actor;
    await this.unitOfWork.run('grant a level', async (tx) => {
      const scheme = await this.levels.scheme(brandId, tx);
      if (!scheme.levels.some((one) => one.level === wish.level)) throw refuseLevel('LEVEL_UNKNOWN');
      const card = await this.levels.rows.card(tx, brandId, memberId);
      if (!card) throw refuse('NOT_FOUND');
      const before =
        (await this.levels.rows.rows(tx, brandId, [memberId], true)).get(memberId) ??
        this.levels.firstRow(tx, scheme, memberId);
      const after = { ...before, grantedLevel: wish.level, grantedUntil: new Date(wish.until) };
      const to = effectiveLevel(after, tx.now);
      const event = {
        memberId,
        kind: 'GRANT' as const,
        from: card.level,
        to,
        growth: card.growth,
        reason: wish.reason,
      };
      await this.levels.write(tx, brandId, [after], [event], [{ memberId, level: to, growth: card.growth }]);
    });
    return this.page(brandId, memberId);
  }

  /** Computes growth and levels anew from the orders, a page of members at a time. */
  async rebuild(actor: Desk, wish: { memberId?: string; cursor?: string }) {
    const { brandId } = actor;
    const [after = '0'] = readCursor(wish.cursor, [DIGITS]) ?? [];
    const only = wish.memberId as MemberId | undefined;
    const page = await this.levels.rows.members(this.database, brandId, after, REBUILD_PAGE, only);
    let changed = 0;
    if (page.length > 0)
      changed = await this.unitOfWork.run('rebuild levels', (tx) => this.rebuildPage(tx, brandId, page));
    const last = page.at(-1);
    return {
      members: page.length,
      changed,
      nextCursor: page.length === REBUILD_PAGE && last && !only ? makeCursor(last.id) : null,
    };
  }

  private async rebuildPage(
    tx: Tx,
    brandId: BrandId,
    page: readonly { id: MemberId; joined_at: Date; level: number; growth: number }[],
  ): Promise<number> {
    const ids = page.map((one) => one.id);
    await this.levels.refresh(tx, brandId, ids);
    const scheme = await this.levels.scheme(brandId, tx);
    const [orders, rows, growth] = [
      await this.levels.rows.paidOrders(tx, brandId, ids),
      await this.levels.rows.rows(tx, brandId, ids, true),
      await this.levels.rows.growthOf(tx, brandId, ids),
    ];
    const events: LevelEvent[] = [];
    const cards = [];
    const kept = [];
    let changed = 0;
    for (const member of page) {
      const own = orders.filter((order) => order.member_id === member.id);
      const history = own.map((order) => ({ at: order.paid_at, fen: Number(order.net_fen) }));
      const other = (growth.get(member.id) ?? 0) - countedAt(scheme.growthMonths, history, tx.now);
      if (other !== 0) history.push({ at: tx.now, fen: other });
      const start = own[0] && own[0].paid_at < member.joined_at ? own[0].paid_at : member.joined_at;
      const standing = replay(scheme, history, start, tx.now);
      const before = rows.get(member.id) ?? this.levels.firstRow(tx, scheme, member.id);
      const after = { ...before, ...standing, schemeVersion: scheme.version };
      const shown = shownGrowth(growth.get(member.id) ?? 0);
      const level = effectiveLevel(after, tx.now);
      if (level !== member.level || shown !== member.growth) changed += 1;
      if (after.level !== before.level)
        events.push({
          memberId: member.id,
          kind: 'REBUILD',
          from: before.level,
          to: after.level,
          growth: shown,
          reason: '按订单重新计算',
        });
      kept.push(after);
      cards.push({ memberId: member.id, level, growth: shown });
    }
    await this.levels.write(tx, brandId, kept, events, cards);
    return changed;
  }
}

function countedAt(months: number | null, history: readonly { at: Date; fen: number }[], now: Date): number {
  return history
    .filter((one) => months === null || addMonths(one.at, months) > now)
    .reduce((sum, one) => sum + one.fen, 0);
}
