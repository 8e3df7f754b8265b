import { Inject, Injectable } from '@nestjs/common';
import {
  DAY_MS,
  type Fen,
  type GuideId,
  type MemberId,
  type OrderId,
  type StoreId,
  sumFen,
} from '@shuke/shared/kernel';
import type { Queryable } from '../../../../platform/database/database.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../../platform/ids/id-source.js';
import { type HistoryLine, homeStore, OfflineSales } from '../../../connectors/index.js';
import { Levels } from '../../../levels/index.js';
import { Members, type OldMember, OldMembers } from '../../../members/index.js';
import { Organization } from '../../../organization/index.js';
import { type Effect, type Judged, type MappedRow, problemOf } from '../../domain/import-types.js';
import { RowStore } from '../../persistence/row.store.js';
import type { ImportPlan, Work } from '../import-plan.js';
import { namedBy } from './old-member.js';
import { PastPoints } from './past-points.js';
import { keyOf, readSale, SALE_FIELDS, type SaleRow } from './sale-row.js';

const TWO_MEMBERS = '会员卡和手机号不是同一位会员的，按会员卡导入，请到会员合并里核对';

/** Sales of the past, line by line; growth follows what was bought, points too when that was asked for. */
@Injectable()
export class OrdersPlan implements ImportPlan {
  readonly kind = 'ORDERS' as const;
  readonly name = '历史订单';
  readonly rowsPerBatch = 2000;
  readonly undoOrder = ['LOT', 'ORDER', 'MEMBER'];
  readonly fields = SALE_FIELDS;
  private readonly rows = new RowStore();

  constructor(
    @Inject(OfflineSales) private readonly sales: OfflineSales,
    @Inject(OldMembers) private readonly old: OldMembers,
    @Inject(Members) private readonly members: Members,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(PastPoints) private readonly points: PastPoints,
    @Inject(Levels) private readonly levels: Levels,
  ) {}

  async judge(work: Work, on: Queryable, rows: readonly MappedRow[]): Promise<Judged<SaleRow>[]> {
    const { brandId, job } = work;
    const read = rows.map((row) => ({ row, sale: readSale(row, work.options) }));
    const good = read.flatMap(({ sale }) => ('problem' in sale ? [] : [sale]));
    const known = await this.sales.known(on, brandId, [...new Set(good.map((one) => one.line.invoiceNo))]);
    const ids = [...known.values()].map((one) => one.id);
    const ours =
      job.state === 'RUNNING' || job.parentId ? await this.rows.madeBy(on, job, 'ORDER', ids) : new Set<string>();
    const isCorrection = job.parentId !== null;
    const there =
      isCorrection && ours.size > 0 ? await this.sales.linesOf(on, brandId, [...ours] as OrderId[]) : new Set<string>();
    const stores = new Set((await this.organization.stores(brandId)).map((store) => store.code));
    const doubts = await this.doubts(work, on, read);
    const guides = await this.guides(brandId);
    const latest = job.createdAt.getTime() + DAY_MS;
    return read.map(({ row, sale }) => {
      if ('problem' in sale) return problemOf<SaleRow>(row, sale.problem);
      if (sale.storeCode !== '' && !stores.has(sale.storeCode))
        return problemOf<SaleRow>(row, `没有编码为「${sale.storeCode.slice(0, 20)}」的门店`);
      if (sale.line.soldAtMs > latest) return problemOf<SaleRow>(row, '成交时间在将来');
      const { invoiceNo, kind } = sale.line;
      const earlier = known.get(invoiceNo);
      const before = earlier?.kind ?? work.seen.get(invoiceNo);
      if (before !== undefined && before !== kind)
        return { row, draft: sale, verdict: 'CONFLICT', problem: '同一个单号既有销售又有退货' };
      work.seen.set(invoiceNo, kind);
      if (earlier && !ours.has(earlier.id))
        return { row, draft: sale, verdict: 'REPEATED', problem: '这个单号已经有了' };
      if (earlier && there.has(`${earlier.id} ${row.row}`))
        return { row, draft: sale, verdict: 'REPEATED', problem: '这一行已经导入过了' };
      const { guideUserid } = sale;
      const notes = [
        doubts.has(keyOf(sale)) ? TWO_MEMBERS : null,
        guideUserid === '' || guides.has(guideUserid.toLowerCase())
          ? null
          : `没有企业微信账号为「${guideUserid.slice(0, 40)}」的导购，导入后不记导购`,
      ];
      return { row, draft: sale, verdict: 'NEW', problem: notes.filter((note) => note !== null).join('；') };
    });
  }

  /**
   * Customers whose card is one member's and whose phone another's. Their purchases are the card's, because the purchase is
   * certain and only whose the phone is is not; the row says so, and the pair is looked at.
   */
  private async doubts(
    work: Work,
    on: Queryable,
    read: readonly { row: MappedRow; sale: SaleRow | { problem: string } }[],
  ): Promise<Set<string>> {
    const told = new Map<string, { row: number; person: OldMember }>();
    for (const { row, sale } of read) {
      if ('problem' in sale || !sale.person?.phone || sale.person.identifiers.length === 0) continue;
      if (!told.has(keyOf(sale))) told.set(keyOf(sale), { row: row.row, person: sale.person });
    }
    const list = [...told];
    const people = list.map(([, one]) => one.person);
    const found = people.length > 0 ? await this.old.find(on, work.brandId, people) : [];
    return new Set(
      found.flatMap((one, at) => {
        const [key, { row }] = list[at] as (typeof list)[number];
        return namedBy(one, work.seen, row).length > 1 ? [key] : [];
      }),
    );
  }

  async write(work: Work, tx: Tx, judged: readonly Judged[]): Promise<Effect[]> {
    const { brandId } = work;
    await this.sales.fileArrives(tx, brandId, work.job.id);
    const invoices = new Map<string, { row: number; sale: SaleRow; lines: { row: number; line: HistoryLine }[] }>();
    for (const one of judged) {
      const sale = one.draft as SaleRow;
      const found = invoices.get(sale.line.invoiceNo);
      const line = { row: one.row.row, line: sale.line };
      if (found) found.lines.push(line);
      else invoices.set(sale.line.invoiceNo, { row: one.row.row, sale, lines: [line] });
    }
    const all = [...invoices.values()];
    const people = await this.people(tx, work, all);
    const known = await this.sales.known(tx, brandId, [...invoices.keys()]);
    const skus = await this.sales.skusByCode(tx, brandId, [
      ...new Set(judged.map((one) => (one.draft as SaleRow).line.code)),
    ]);
    const stores = (await this.organization.stores(brandId)).filter((store) => store.status !== 'DRAFT');
    const userids = await this.guides(brandId);
    const added: Parameters<OfflineSales['add']>[2][number][] = [];
    const grown: Parameters<OfflineSales['grow']>[2][number][] = [];
    const effects: Effect[] = [...people.effects];
    for (const { row, sale, lines } of all) {
      const { line, storeCode, guideUserid } = sale;
      const memberId = people.of(sale);
      const written = lines.map((one) => lineOf(one.row, one.line, skus));
      const totalFen = sumFen(written.map((one) => one.amountFen));
      const earlier = known.get(line.invoiceNo);
      if (earlier) {
        grown.push({ orderId: earlier.id, byFen: totalFen, lines: written });
        // Whoever a correction adds lines to is settled again; taking the first file back takes them along.
        effects.push({ kind: 'LINES', subjectId: earlier.id, row, ownerId: memberId, before: null });
        continue;
      }
      const store = stores.find((one) => one.code === storeCode) ?? homeStore(stores, line.customer, line.invoiceNo);
      const id = this.ids.next<'order'>();
      const soldAt = new Date(Math.min(...lines.map((one) => one.line.soldAtMs)));
      const guideId = userids.get(guideUserid.toLowerCase()) ?? null;
      const order = {
        id,
        kind: line.kind,
        externalNo: line.invoiceNo,
        memberId,
        storeId: store.id as StoreId,
        guideId,
        totalFen,
        soldAt,
        isImported: true,
      };
      added.push({ order, lines: written });
      effects.push({ kind: 'ORDER', subjectId: id, row, ownerId: memberId, before: null });
    }
    await this.sales.add(tx, brandId, added);
    if (grown.length > 0) await this.sales.grow(tx, brandId, grown);
    return effects;
  }

  private async guides(brandId: Work['brandId']): Promise<Map<string, GuideId>> {
    const guides = await this.organization.guides(brandId);
    return new Map(guides.map((guide) => [guide.wecomUserid.toLowerCase(), guide.id]));
  }

  readWhole({ brandId, job }: Work, tx: Tx): Promise<void> {
    return this.sales.fileIsIn(tx, brandId, job.id);
  }

  private async people(tx: Tx, work: Work, all: readonly { row: number; sale: SaleRow }[]) {
    const named = new Map<string, { row: number; person: OldMember }>();
    for (const { row, sale } of all) {
      const key = keyOf(sale);
      if (sale.person === null || key === '') continue;
      const joinedAt = new Date(sale.line.soldAtMs);
      const before = named.get(key);
      if (!before) named.set(key, { row, person: { ...sale.person, joinedAt } });
      else if (before.person.joinedAt && joinedAt < before.person.joinedAt) before.person.joinedAt = joinedAt;
    }
    const list = [...named];
    const found = await this.old.find(
      tx,
      work.brandId,
      list.map(([, one]) => one.person),
    );
    const written = await this.old.write(tx, work.brandId, found);
    const byKey = new Map(list.map(([key], at) => [key, written[at]?.memberId as MemberId]));
    const effects = list.flatMap(([, { row }], at): Effect[] =>
      written[at]?.isNew ? [{ kind: 'MEMBER', subjectId: written[at].memberId, row, ownerId: null, before: null }] : [],
    );
    return { effects, of: (sale: SaleRow) => byKey.get(keyOf(sale)) ?? null };
  }

  async settle(work: Work, tx: Tx, members: readonly MemberId[]): Promise<Effect[]> {
    await this.members.refreshGrowth(tx, work.brandId, members);
    return work.options.givesPoints ? this.points.give(tx, work, members) : [];
  }

  async undo(work: Work, tx: Tx, kind: string, effects: readonly Effect[]): Promise<{ row: number; reason: string }[]> {
    if (kind === 'LOT') return this.points.takeBack(tx, work, effects);
    if (kind === 'MEMBER') {
      await this.old.remove(
        tx,
        work.brandId,
        effects.map((one) => one.subjectId as MemberId),
      );
      return [];
    }
    const ids = effects.map((one) => one.subjectId as OrderId);
    const stay = await this.sales.empty(tx, work.brandId, ids);
    const gone = effects.flatMap(({ subjectId, ownerId }) =>
      ownerId === null || stay.has(subjectId as OrderId) ? [] : [{ id: subjectId as OrderId, memberId: ownerId }],
    );
    await this.levels.unearn(tx, work.brandId, gone, '撤销导入的订单');
    await this.sales.remove(
      tx,
      work.brandId,
      ids.filter((id) => !stay.has(id)),
    );
    return effects
      .filter((one) => stay.has(one.subjectId as OrderId))
      .map((one) => ({ row: one.row, reason: '这笔订单已有退款或评价，保留' }));
  }
}

const lineOf = (
  row: number,
  { code, name, qty, unitPriceFen, amountFen }: HistoryLine,
  skus: Awaited<ReturnType<OfflineSales['skusByCode']>>,
) => {
  const sku = skus.get(code);
  const goods = sku
    ? { skuId: sku.skuId, productId: sku.productId, categoryId: sku.categoryId, spec: sku.spec, imageUrl: sku.imageUrl }
    : { skuId: null, productId: null, categoryId: null, spec: '', imageUrl: null };
  return { ...goods, id: String(row), code, name, qty, unitPriceFen, amountFen: amountFen as Fen };
};
