import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, QueryOf, ResponseOf } from '@shuke/shared/contracts';
import {
  addDays,
  addFen,
  type BrandId,
  businessDay,
  csvText,
  type Fen,
  type Id,
  subFen,
  sumFen,
  yuanText,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { type Debt, netDebts, type Party } from '../domain/netting.js';
import { ClearingStore, type EntryRow } from '../persistence/clearing.store.js';

type Days = { from?: string; to?: string };
type Names = (party: Party) => string;

const SPAN_DAYS = 29;
const MAX_SPAN_DAYS = 366;
const EXPORT_ROWS = 5000;
const EXPORT_HEAD = ['日期', '分录号', '类别', '说明', '单位', '金额（元，正为应收）'];
const KIND_TEXT: Record<string, string> = {
  COUPON_USE: '券核销',
  COUPON_BACK: '券退回',
  COUPON_CONFLICT: '离线重复核销的补偿',
  WALLET_USE: '储值异店消费',
  WALLET_REFUND: '储值退回',
  POINTS_USE: '积分抵现',
  POINTS_REFUND: '积分退回',
  RETURN_ELSEWHERE: '异店退货',
  CROSS_STORE: '异店代发',
  CROSS_STORE_BACK: '异店代发退回',
};
export const kindText = (kind: string): string => KIND_TEXT[kind] ?? kind;

/** What the desks see of the clearing: headquarters everything, a franchisee what touches its own stores. */
@Injectable()
export class ClearingDesk {
  private readonly rows = new ClearingStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  async matrix(actor: Desk, query: Days): Promise<ResponseOf<typeof consoleRoutes.clearingMatrix>> {
    const own = await this.partiesOf(actor);
    const { from, to } = this.span(query);
    const [nameOf, debts] = await Promise.all([
      this.names(actor.brandId),
      this.rows.debts(this.database, actor.brandId, from, to, own),
    ]);
    const cells = netDebts(debts);
    const gets = byParty(cells, (cell) => cell.to);
    const owes = byParty(cells, (cell) => cell.from);
    const parties = [...new Set([...gets.keys(), ...owes.keys()])].sort();
    const nets = parties.map((party) => subFen(gets.get(party) ?? ZERO_FEN, owes.get(party) ?? ZERO_FEN));
    const sum = sumFen(nets);
    return {
      from,
      to,
      parties: parties.map((party, at) => ({
        party,
        name: nameOf(party),
        getsFen: gets.get(party) ?? ZERO_FEN,
        owesFen: owes.get(party) ?? ZERO_FEN,
        netFen: nets[at] ?? ZERO_FEN,
      })),
      cells: cells.map((cell) => ({
        fromParty: cell.from,
        fromName: nameOf(cell.from),
        toParty: cell.to,
        toName: nameOf(cell.to),
        fen: cell.fen,
      })),
      totalFen: sumFen(cells.map((cell) => cell.fen)),
      sumFen: sum,
      isBalanced: sum === 0,
    };
  }

  async days(actor: Desk, query: Days): Promise<ResponseOf<typeof consoleRoutes.clearingDays>> {
    const { from, to } = this.span(query);
    const own = await this.partiesOf(actor);
    const days = await this.rows.days(this.database, actor.brandId, from, to, own);
    // A franchisee's share of a day is netted here; what the brand's whole day came to is not its business.
    return days.map((day) => ({ ...day, nettedFen: day.isClosed && own === null ? day.nettedFen : ZERO_FEN }));
  }

  async entries(
    actor: Desk,
    query: QueryOf<typeof consoleRoutes.clearingEntries>,
  ): Promise<ResponseOf<typeof consoleRoutes.clearingEntries>> {
    const own = await this.partiesOf(actor);
    const wanted = query.party as Party | undefined;
    if (wanted && own !== null && !own.includes(wanted)) throw refuse('NOT_FOUND');
    const [before] = readCursor(query.cursor, [DIGITS]) ?? [null];
    const limit = query.limit ?? 30;
    const filter = { parties: wanted ? [wanted] : own, ...this.span(query), before: before ?? null, limit };
    const [rows, nameOf] = await Promise.all([
      this.rows.entries(this.database, actor.brandId, filter),
      this.names(actor.brandId),
    ]);
    const legs = await this.rows.legsOf(
      this.database,
      actor.brandId,
      rows.map((row) => row.id),
    );
    return pageOf(
      rows,
      limit,
      (row) => ({
        ...entryView(row),
        legs: (legs.get(row.id as Id) ?? []).map((leg) => ({ ...leg, name: nameOf(leg.party) })),
      }),
      (row) => makeCursor(row.id),
    );
  }

  async export(actor: Desk, query: Days): Promise<ResponseOf<typeof consoleRoutes.clearingExport>> {
    const own = await this.partiesOf(actor);
    const { from, to } = this.span(query);
    const filter = { parties: own, from, to, before: null, limit: EXPORT_ROWS };
    const [rows, nameOf] = await Promise.all([
      this.rows.entries(this.database, actor.brandId, filter),
      this.names(actor.brandId),
    ]);
    const shown = rows.slice(0, EXPORT_ROWS);
    const legs = await this.rows.legsOf(
      this.database,
      actor.brandId,
      shown.map((row) => row.id),
    );
    const lines = shown.flatMap((row) =>
      (legs.get(row.id as Id) ?? []).map((leg) => [
        ...[row.day, row.id, kindText(row.kind), row.note],
        ...[nameOf(leg.party), yuanText(leg.fen)],
      ]),
    );
    return {
      fileName: `清分明细-${from}-${to}.csv`,
      text: csvText(EXPORT_HEAD, lines),
      isCut: rows.length > EXPORT_ROWS,
      rows: lines.length,
      day: from === to ? from : null,
    };
  }

  /** The parties whose rows an actor may see; null for all of them. */
  private async partiesOf(actor: Desk): Promise<Party[] | null> {
    const scope = await this.organization.scopeOf(actor);
    if (scope === 'ALL') return null;
    const own: Party[] = actor.kind === 'franchisee' ? [`FRANCHISEE:${actor.franchiseeId}`] : [];
    return [...own, ...scope.map((id): Party => `STORE:${id}`)];
  }

  private span({ from, to }: Days): { from: string; to: string } {
    const last = to ?? businessDay(this.clock.now());
    const first = from ?? addDays(last, -SPAN_DAYS);
    if (first > last || first < addDays(last, -MAX_SPAN_DAYS)) throw refuse('VALIDATION', { field: 'from' });
    return { from: first, to: last };
  }

  private async names(brandId: BrandId): Promise<Names> {
    const { storeById, franchisees } = await this.organization.snapshot(brandId);
    return (party) => {
      if (party === 'HQ') return '总部';
      const [kind, id] = party.split(':') as ['STORE' | 'FRANCHISEE', never];
      return (kind === 'STORE' ? storeById.get(id)?.name : franchisees.get(id)?.name) ?? party;
    };
  }
}

/** What each party has on one side of the cells. */
function byParty(cells: readonly Debt[], sideOf: (cell: Debt) => Party): Map<Party, Fen> {
  const sums = new Map<Party, Fen>();
  for (const cell of cells) sums.set(sideOf(cell), addFen(sums.get(sideOf(cell)) ?? ZERO_FEN, cell.fen));
  return sums;
}

const entryView = (row: EntryRow) => ({
  id: row.id,
  kind: row.kind,
  kindText: kindText(row.kind),
  subjectId: row.subjectId,
  note: row.note,
  day: row.day,
  at: row.at.toISOString(),
});
