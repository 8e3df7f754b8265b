import { Inject, Injectable } from '@nestjs/common';
import type { StatementDetail, StatementView } from '@shuke/shared/contracts';
import { type BrandId, businessDay, type Id, type StoreId } from '@shuke/shared/kernel';
import { type ChainEntry, entryAmount, ruleHash, totalsOf, writeProof } from '@shuke/shared/rules';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { StatementStore, type StatementSums } from '../persistence/statement.store.js';
import { SettlementStores } from './accrue.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A franchisee's day with its chains, as statement and proof are written from it. */
export interface StatementDay {
  franchisee: { id: Id<'franchisee'>; name: string };
  stores: { storeId: StoreId; storeName: string; afterSeq: number; afterHash: string; entries: ChainEntry[] }[];
}

/** Franchisees' statements by day: sums of chain entries, lines, and the proof that recomputes them (S4, S6). */
@Injectable()
export class Statements {
  private readonly life = new StatementStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Days with entries, newest first; a franchisee sees its own. */
  async list(
    actor: Actor,
    query: {
      franchiseeId?: string;
      state?: StatementView['state'];
      from?: string;
      to?: string;
      cursor?: string;
      limit?: number;
    },
  ): Promise<{ items: StatementView[]; nextCursor: string | null }> {
    const limit = query.limit ?? 31;
    const after = readCursor(query.cursor, [DAY, /^\d+$/]);
    const franchiseeId = actor.kind === 'franchisee' ? actor.franchiseeId : query.franchiseeId;
    const { state, from, to } = query;
    const rows = await this.life.sums(
      this.database,
      actor.brandId,
      { franchiseeId, state, from, to, after: after && { day: after[0] ?? '', franchiseeId: after[1] ?? '' } },
      limit + 1,
    );
    const views = await Promise.all(rows.map((row) => this.view(actor.brandId, row)));
    return pageOf(
      views,
      limit,
      (view) => view,
      (view) => makeCursor(view.day, view.franchiseeId),
    );
  }

  private async view(brandId: BrandId, sums: StatementSums): Promise<StatementView> {
    const franchisee = await this.organization.franchisee(brandId, sums.franchiseeId);
    return {
      id: `${sums.franchiseeId}-${sums.day}`,
      ...sums,
      franchiseeName: franchisee?.name ?? '',
      state: sums.state ?? 'DRAFT',
    };
  }

  /** One day with a line per chain entry. @throws AppError NOT_FOUND for a franchisee outside the actor's scope */
  async detail(actor: Actor, franchiseeId: Id<'franchisee'>, day: string): Promise<StatementDetail> {
    const statement = await this.day(actor, franchiseeId, day);
    const entries = statement.stores.flatMap((store) => store.entries);
    const totals = totalsOf(entries);
    const key = { brandId: actor.brandId, franchiseeId, day };
    const [stored, steps] = await Promise.all([
      this.life.find(this.database, key),
      this.life.steps(this.database, key),
    ]);
    return {
      id: `${franchiseeId}-${day}`,
      franchiseeId,
      franchiseeName: statement.franchisee.name,
      day,
      state: stored?.state ?? 'DRAFT',
      publishedAt: stored?.publishedAt.toISOString() ?? null,
      history: steps.map((step) => ({ act: step.act, by: step.by, note: step.note, at: step.at.toISOString() })),
      orderCount: new Set(entries.map((entry) => entry.body.orderId)).size,
      amountFen: totals.amountFen,
      franchiseeFen: totals.franchisee,
      brandFen: totals.brand,
      guideFen: totals.guide,
      channelFen: totals.channel,
      lines: entries.map((entry) => {
        const sums = totalsOf([entry]);
        return {
          seq: entry.seq,
          kind: entry.body.kind,
          orderId: entry.body.orderId,
          orderNo: entry.body.orderNo,
          storeName: entry.body.storeName,
          at: entry.body.at,
          amountFen: entryAmount(entry.body),
          franchiseeFen: sums.franchisee,
          brandFen: sums.brand,
          guideFen: sums.guide,
          channelFen: sums.channel,
        };
      }),
    };
  }

  /** The proof file of a day: everything an outsider needs to recompute every fen. */
  async proof(actor: Actor, franchiseeId: Id<'franchisee'>, day: string): Promise<{ fileName: string; text: string }> {
    const [statement, brand] = await Promise.all([
      this.day(actor, franchiseeId, day),
      this.organization.brand(actor.brandId),
    ]);
    const versions = [
      ...new Set(statement.stores.flatMap((store) => store.entries.map((entry) => entry.body.rule.version))),
    ].sort((a, b) => a - b);
    const rules = await this.stores.rules.byVersions(this.database, actor.brandId, versions);
    const lines = versions.flatMap((version) => {
      const rule = rules.get(version);
      return rule ? [{ type: 'rule' as const, rule, hash: ruleHash(rule) }] : [];
    });
    const text = writeProof(
      { brand: { id: actor.brandId, name: brand?.name ?? '' }, franchisee: statement.franchisee, businessDay: day },
      lines,
      statement.stores,
    );
    return { fileName: `shuke-proof-${day}-${franchiseeId}.jsonl`, text };
  }

  /** Reads a day of a franchisee that the actor may see. */
  async day(actor: Actor, franchiseeId: Id<'franchisee'>, day: string): Promise<StatementDay> {
    const franchisee = await this.organization.franchisee(actor.brandId, franchiseeId);
    if (!franchisee || (actor.kind === 'franchisee' && actor.franchiseeId !== franchiseeId)) throw refuse('NOT_FOUND');
    const own = (await this.organization.stores(actor.brandId)).filter((store) => store.franchiseeId === franchiseeId);
    const chains = await this.stores.chain.ofDay(
      this.database,
      actor.brandId,
      own.map((store) => store.id),
      day,
    );
    const stores = own.map((store) => ({
      storeId: store.id,
      storeName: store.name,
      ...(chains.get(store.id) ?? { afterSeq: 0, afterHash: '', entries: [] }),
    }));
    return { franchisee: { id: franchisee.id, name: franchisee.name }, stores };
  }

  today(): string {
    return businessDay(this.clock.now());
  }
}
