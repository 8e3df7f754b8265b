import { Inject, Injectable } from '@nestjs/common';
import type { StatementDetail, StatementView } from '@shuke/shared/contracts';
import { type BrandId, businessDay, type Id, type StoreId } from '@shuke/shared/kernel';
import {
  type ChainEntry,
  entryAmount,
  GENESIS_HASH,
  hashText,
  ruleHash,
  totalsOf,
  writeProof,
} from '@shuke/shared/rules';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { type PublishedStatement, StatementStore, type StatementSums } from '../persistence/statement.store.js';
import { SettlementStores } from './accrue.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A franchisee's day with its chains, as statement and proof are written from it. */
export interface StatementDay {
  day: string;
  /** Null while the day is not published. */
  published: PublishedStatement | null;
  brandName: string;
  franchisee: { id: Id<'franchisee'>; name: string };
  stores: { storeId: StoreId; storeName: string; afterSeq: number; afterHash: string; entries: ChainEntry[] }[];
}

/** Franchisees' statements by day: sums of chain entries, lines, and the proof that recomputes them (S4, S6). */
@Injectable()
export class Statements {
  private readonly kept = new StatementStore();

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
    const rows = await this.kept.sums(
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
    const steps = await this.kept.steps(this.database, key);
    const stored = statement.published;
    return {
      id: `${franchiseeId}-${day}`,
      franchiseeId,
      franchiseeName: statement.franchisee.name,
      day,
      state: stored?.state ?? 'DRAFT',
      publishedAt: stored?.publishedAt.toISOString() ?? null,
      anchor: {
        fingerprint: stored?.hash ?? null,
        heads: statement.stores.map(({ storeName, afterSeq, afterHash, entries: own }) => ({
          storeName,
          seq: own.at(-1)?.seq ?? afterSeq,
          hash: own.at(-1)?.hash ?? afterHash,
        })),
      },
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
    const statement = await this.day(actor, franchiseeId, day);
    const text = await this.textOf(actor.brandId, statement, statement.published === null ? 'DRAFT' : 'PUBLISHED');
    return { fileName: `shuke-proof-${day}-${franchiseeId}.jsonl`, text };
  }

  /** The proof of a day as text. */
  async textOf(brandId: BrandId, statement: StatementDay, state: 'DRAFT' | 'PUBLISHED'): Promise<string> {
    const versions = [
      ...new Set(statement.stores.flatMap((store) => store.entries.map((entry) => entry.body.rule.version))),
    ].sort((a, b) => a - b);
    const rules = await this.stores.rules.byVersions(this.database, brandId, versions);
    const lines = versions.flatMap((version) => {
      const rule = rules.get(version);
      return rule ? [{ type: 'rule' as const, rule, hash: ruleHash(rule) }] : [];
    });
    const { franchisee, day: businessDay, brandName, stores } = statement;
    return writeProof({ brand: { id: brandId, name: brandName }, franchisee, businessDay, state }, lines, stores);
  }

  /**
   * Reads a day of a franchisee that the actor may see. Once published its names and stores stay as they were then, so that
   * whoever downloads the proof later gets the very file that was published.
   */
  async day(actor: Actor, franchiseeId: Id<'franchisee'>, day: string): Promise<StatementDay> {
    const franchisee = await this.organization.franchisee(actor.brandId, franchiseeId);
    if (!franchisee || (actor.kind === 'franchisee' && actor.franchiseeId !== franchiseeId)) throw refuse('NOT_FOUND');
    const published = await this.kept.find(this.database, { brandId: actor.brandId, franchiseeId, day });
    const stores = published?.day.stores ?? (await this.ownStores(actor.brandId, franchiseeId));
    const chains = await this.stores.chain.ofDay(
      this.database,
      actor.brandId,
      stores.map((store) => store.storeId),
      day,
    );
    return {
      day,
      published,
      brandName: published?.day.brandName ?? (await this.organization.brand(actor.brandId))?.name ?? '',
      franchisee: { id: franchisee.id, name: published?.day.franchiseeName ?? franchisee.name },
      stores: stores.map(({ storeId, storeName }) => ({
        storeId,
        storeName,
        ...(chains.get(storeId) ?? { afterSeq: 0, afterHash: GENESIS_HASH, entries: [] }),
      })),
    };
  }

  /** Published days, the newest first, whose proof would not come out as it was published. */
  async bent(brandId: BrandId, limit: number): Promise<{ franchisee_id: string; business_day: string }[]> {
    const bent = [];
    for (const { franchiseeId, day } of await this.kept.newest(this.database, brandId, limit)) {
      const statement = await this.day({ kind: 'system', brandId }, franchiseeId, day);
      const text = await this.textOf(brandId, statement, 'PUBLISHED');
      if (statement.published && hashText(text) !== statement.published.hash)
        bent.push({ franchisee_id: franchiseeId, business_day: day });
    }
    return bent;
  }

  private async ownStores(brandId: BrandId, franchiseeId: Id<'franchisee'>) {
    const own = (await this.organization.stores(brandId)).filter((store) => store.franchiseeId === franchiseeId);
    return own.map((store) => ({ storeId: store.id, storeName: store.name }));
  }

  today(): string {
    return businessDay(this.clock.now());
  }
}
