import { Inject, Injectable } from '@nestjs/common';
import type { StatementDetail, StatementView } from '@shuke/shared/contracts';
import { addDays, type BrandId, businessDay, fen, type Id, type StoreId, sumFen } from '@shuke/shared/kernel';
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
import { payableOf } from '../domain/payable.js';
import { locksAt } from '../domain/statement-life.js';
import { PayoutStore } from '../persistence/payout.store.js';
import { type PublishedStatement, StatementStore } from '../persistence/statement.store.js';
import { type StatementFilter, StatementListStore, type StatementSums } from '../persistence/statement-list.store.js';
import { SettlementStores } from './accrue.js';

type StatementLine = StatementDetail['lines'][number];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** As far back as days are published late (see PublishStatements). */
const DRAFT_DAYS = 60;
const DRAFTS_MAX = 1000;

export interface StatementQuery {
  franchiseeId?: string;
  state?: StatementView['state'];
  from?: string;
  to?: string;
  cursor?: string;
  limit?: number;
}
type Place = { day: string; franchiseeId: string };

/** Ids are numbers of up to 19 digits, compared as the database does. */
const newestFirst = (a: Place, b: Place): number =>
  b.day.localeCompare(a.day) || Number(BigInt(b.franchiseeId) - BigInt(a.franchiseeId));

/** A franchisee's day with its chains, as statement and proof are written from it. */
export interface StatementDay {
  day: string;
  /** Null while the day is not published. */
  published: PublishedStatement | null;
  brandName: string;
  franchisee: { id: Id<'franchisee'>; name: string };
  stores: { storeId: StoreId; storeName: string; afterSeq: number; afterHash: string; entries: ChainEntry[] }[];
}

const payableSum = (lines: readonly StatementLine[]): number => sumFen(lines.map((line) => fen(line.payableFen)));

/** A line of a statement; what takes back an earlier day says which. */
function lineOf(
  storeId: StoreId,
  { seq, body }: ChainEntry,
  day: string,
  known: { isPaidOut: boolean; accruedOn: string | undefined },
): StatementLine {
  const sums = totalsOf([{ body }]);
  const isLater = body.kind === 'REVERSAL' && known.accruedOn !== undefined && known.accruedOn !== day;
  return {
    storeId,
    seq,
    kind: body.kind,
    orderId: body.orderId,
    orderNo: body.orderNo,
    storeName: body.storeName,
    at: body.at,
    amountFen: entryAmount(body),
    franchiseeFen: sums.franchisee,
    brandFen: sums.brand,
    guideFen: sums.guide,
    channelFen: sums.channel,
    payableFen: payableOf(body),
    isPaidOut: known.isPaidOut,
    correctsDay: isLater ? (known.accruedOn ?? null) : null,
  };
}

/** Franchisees' statements by day: sums of chain entries, lines, and the proof that recomputes them (S4, S6). */
@Injectable()
export class Statements {
  private readonly kept = new StatementStore();
  private readonly lists = new StatementListStore();
  private readonly payouts = new PayoutStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Days with entries, newest first; a franchisee sees its own. */
  async list(actor: Actor, query: StatementQuery): Promise<{ items: StatementView[]; nextCursor: string | null }> {
    const limit = query.limit ?? 31;
    const after = readCursor(query.cursor, [DAY, /^\d+$/]);
    const filter = {
      franchiseeId: actor.kind === 'franchisee' ? actor.franchiseeId : query.franchiseeId,
      state: query.state,
      from: query.from,
      to: query.to,
      after: after && { day: after[0] ?? '', franchiseeId: after[1] ?? '' },
    };
    const [published, drafts] = await Promise.all([
      filter.state === 'DRAFT' ? [] : this.lists.published(this.database, actor.brandId, filter, limit + 1),
      filter.state && filter.state !== 'DRAFT' ? [] : this.drafts(actor.brandId, filter),
    ]);
    const views = await Promise.all(
      [...published, ...drafts].sort(newestFirst).map((row) => this.view(actor.brandId, row)),
    );
    return pageOf(
      views,
      limit,
      (view) => view,
      (view) => makeCursor(view.day, view.franchiseeId),
    );
  }

  /** Days of the last two months that wait to be published, and today. */
  private async drafts(brandId: BrandId, filter: StatementFilter): Promise<StatementSums[]> {
    const today = this.today();
    const oldest = addDays(today, -DRAFT_DAYS);
    const from = filter.from && filter.from > oldest ? filter.from : oldest;
    const last = [filter.to, filter.after?.day, today].reduce<string>((a, b) => (b && b < a ? b : a), today);
    const keys = await this.kept.unpublished(this.database, from, last, DRAFTS_MAX, {
      brandId,
      ...(filter.franchiseeId ? { franchiseeId: filter.franchiseeId } : {}),
    });
    const { after } = filter;
    const rows = await this.lists.drafts(this.database, brandId, keys);
    return after ? rows.filter((row) => newestFirst(row, after) > 0) : rows;
  }

  private async view(brandId: BrandId, sums: StatementSums): Promise<StatementView> {
    const franchisee = await this.organization.franchisee(brandId, sums.franchiseeId);
    return {
      id: `${sums.franchiseeId}-${sums.day}`,
      ...sums,
      franchiseeName: franchisee?.name ?? '',
    };
  }

  /** One day with a line per chain entry. @throws AppError NOT_FOUND for a franchisee outside the actor's scope */
  async detail(actor: Actor, franchiseeId: Id<'franchisee'>, day: string): Promise<StatementDetail> {
    const statement = await this.day(actor, franchiseeId, day);
    const entries = statement.stores.flatMap((store) => store.entries);
    const totals = totalsOf(entries);
    const key = { brandId: actor.brandId, franchiseeId, day };
    const [steps, disputes, paid, accruedOn] = await Promise.all([
      this.kept.steps(this.database, key),
      this.kept.disputes(this.database, key),
      this.payouts.paidLines(this.database, actor.brandId, franchiseeId, day),
      this.kept.accruedOn(
        this.database,
        actor.brandId,
        entries.filter(({ body }) => body.kind === 'REVERSAL').map(({ body }) => body.orderId),
      ),
    ]);
    const stored = statement.published;
    const lines = statement.stores.flatMap(({ storeId, entries: own }) =>
      own.map((entry) =>
        lineOf(storeId, entry, day, {
          isPaidOut: paid.has(`${storeId} ${entry.seq}`),
          accruedOn: accruedOn.get(entry.body.orderId),
        }),
      ),
    );
    const isFrozen = (line: StatementLine) =>
      disputes.some((one) => one.storeId === line.storeId && one.seq === line.seq && one.state !== 'SETTLED');
    return {
      id: `${franchiseeId}-${day}`,
      franchiseeId,
      franchiseeName: statement.franchisee.name,
      day,
      state: stored?.state ?? 'DRAFT',
      publishedAt: stored?.publishedAt.toISOString() ?? null,
      locksAt: (stored && locksAt(stored.state, stored.since))?.toISOString() ?? null,
      anchor: {
        fingerprint: stored?.hash ?? null,
        heads: statement.stores.map(({ storeName, afterSeq, afterHash, entries: own }) => ({
          storeName,
          seq: own.at(-1)?.seq ?? afterSeq,
          hash: own.at(-1)?.hash ?? afterHash,
        })),
      },
      history: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
      disputes,
      payout: {
        payableFen: payableSum(lines),
        paidFen: payableSum(lines.filter((line) => line.isPaidOut)),
        frozenFen: payableSum(lines.filter((line) => !line.isPaidOut && isFrozen(line))),
      },
      orderCount: new Set(entries.map((entry) => entry.body.orderId)).size,
      amountFen: totals.amountFen,
      franchiseeFen: totals.franchisee,
      brandFen: totals.brand,
      guideFen: totals.guide,
      channelFen: totals.channel,
      lines,
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
