import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, ResponseOf } from '@shuke/shared/contracts';
import { posRoutes } from '@shuke/shared/contracts';
import { fen, type GuideId, mulFen, type OrderId, sumFen } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { isDuplicate } from '../../../platform/database/database.js';
import type { FoldedMap } from '../../../platform/database/folded.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { doubtText, Members, noteDoubt, PeopleAtTills } from '../../members/index.js';
import { Organization, type Store } from '../../organization/index.js';
import { tillInstant } from '../domain/till-clock.js';
import { OfflineOrdersStore, type SkuOfCode } from '../persistence/offline-orders.store.js';
import type { OfflineLine, OfflineOrder } from '../persistence/order-rows.js';
import { PushedReturns } from './pushed-returns.js';

type Pushed = BodyOf<typeof posRoutes.pushOrders>['orders'][number];
type Result = ResponseOf<typeof posRoutes.pushOrders>['results'][number];
type Pos = Extract<Actor, { kind: 'pos' }>;
interface Checked {
  pushed: Pushed;
  store: Store;
  soldAt: Date;
  guideId: GuideId | null;
}
const ATTEMPTS = 3;

/** Takes offline sales and returns as a point of sale reports them, each for itself and each once. */
@Injectable()
export class PushOrders {
  private readonly rows = new OfflineOrdersStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Members) private readonly members: Members,
    @Inject(PeopleAtTills) private readonly people: PeopleAtTills,
    @Inject(PushedReturns) private readonly returns: PushedReturns,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Stores what can be stored. A repeated number is EXISTS, the same number with another kind or total is REFUSED. Sales
   * come first, so that a return finds its sale: by the number that it names, else by what its member has bought.
   * @returns one result for each order, in the order of the request
   */
  async run(actor: Pos, orders: readonly Pushed[]): Promise<{ results: Result[] }> {
    const results: (Result | null)[] = [];
    const good: (Checked | null)[] = [];
    for (const pushed of orders) {
      const checked = await this.check(actor, pushed);
      const isGood = !('problem' in checked);
      good.push(isGood ? checked : null);
      results.push(isGood ? null : { externalNo: pushed.externalNo, result: 'REFUSED', problem: checked.problem });
    }
    await this.people.prepare(actor.brandId);
    const take = async (wanted: (pushed: Pushed) => boolean, how: typeof this.storeAll) => {
      const some = good.map((one, at) => (one && results[at] === null && wanted(one.pushed) ? one : null));
      if (some.every((one) => one === null)) return;
      for (const [at, result] of (await how.call(this, actor, some)).entries()) results[at] ??= result;
    };
    await take((pushed) => pushed.kind === 'SALE', this.storeAll);
    await take((pushed) => pushed.ofExternalNo !== undefined, this.bringBack);
    await take(() => true, this.bringBackUnnamed);
    // What is left are returns of which nobody can say whose sale they are.
    await take(() => true, this.storeAll);
    return { results: results as Result[] };
  }

  private async storeAll(actor: Pos, good: readonly (Checked | null)[]): Promise<(Result | null)[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // A number that another push writes at the same moment fails the whole transaction; the next attempt sees it.
        return await this.unitOfWork.run('pos.push', (tx) => this.store(tx, actor, good));
      } catch (error) {
        if (!isDuplicate(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async bringBack(actor: Pos, named: readonly (Checked | null)[]): Promise<(Result | null)[]> {
    const results: (Result | null)[] = [];
    for (const one of named) {
      const { ofExternalNo = '' } = one?.pushed ?? {};
      results.push(one && (await this.returns.take(actor.brandId, { ...wishOf(one), ofExternalNo })));
    }
    return results;
  }

  private async bringBackUnnamed(actor: Pos, unnamed: readonly (Checked | null)[]): Promise<(Result | null)[]> {
    const results: (Result | null)[] = [];
    for (const one of unnamed)
      results.push(one && (await this.returns.takeUnnamed(actor.brandId, wishOf(one), one.pushed)));
    return results;
  }

  private async check(actor: Pos, pushed: Pushed): Promise<Checked | { problem: string }> {
    const store = await this.organization.storeByCode(actor.brandId, pushed.storeCode);
    if (!store) return { problem: `没有编码为「${pushed.storeCode}」的门店` };
    const soldAt = tillInstant(pushed.soldAt, this.clock.date());
    if ('problem' in soldAt) return soldAt;
    if (pushed.ofExternalNo !== undefined && pushed.kind === 'SALE') return { problem: '只有退货才写原单号' };
    const guide = pushed.guideUserid ? await this.organization.guideByUserid(actor.brandId, pushed.guideUserid) : null;
    if (pushed.guideUserid && !guide) return { problem: `没有企业微信账号为「${pushed.guideUserid}」的导购` };
    return { pushed, store, soldAt, guideId: guide?.id ?? null };
  }

  private async store(tx: Tx, actor: Pos, checked: readonly (Checked | null)[]): Promise<(Result | null)[]> {
    const all = checked.filter((one) => one !== null);
    if (all.length === 0) return checked.map(() => null);
    const { brandId } = actor;
    const known = await this.rows.known(
      tx,
      brandId,
      all.map((one) => one.pushed.externalNo),
    );
    const skus = await this.rows.skusByCode(tx, brandId, [
      ...new Set(all.flatMap((one) => one.pushed.lines.map((line) => line.skuCode))),
    ]);
    const people = await this.people.find(
      tx,
      brandId,
      all.map((one) => one.pushed),
    );
    const personOf = new Map(all.map((one, at) => [one, people[at] ?? null]));
    const added: { order: OfflineOrder; lines: OfflineLine[] }[] = [];
    const results = checked.map((one): Result | null => {
      if (one === null) return null;
      const { externalNo, kind } = one.pushed;
      const lines = linesOf(one.pushed, skus);
      const totalFen = sumFen(lines.map((line) => line.amountFen));
      const earlier = known.get(externalNo);
      if (earlier)
        return earlier.kind === kind && earlier.totalFen === totalFen
          ? { externalNo, result: 'EXISTS', orderId: earlier.id }
          : { externalNo, result: 'REFUSED', problem: '这个单号已经有了，但类型或金额不同', orderId: earlier.id };
      const person = personOf.get(one) ?? null;
      const memberId = person?.memberId ?? null;
      const id = this.ids.next<'order'>();
      const order = {
        id,
        kind,
        externalNo,
        memberId,
        storeId: one.store.id,
        guideId: one.guideId,
        totalFen,
        soldAt: one.soldAt,
      };
      added.push({ order, lines });
      known.set(externalNo, { id, kind, memberId, totalFen, isImported: false });
      if (person) noteDoubt(tx, brandId, person);
      const problem = person ? doubtText(person) : null;
      return { externalNo, result: 'CREATED', orderId: id, ...(problem ? { problem } : {}) };
    });
    if (added.length > 0) await this.rows.add(tx, brandId, added);
    await this.members.refreshGrowth(tx, brandId, [
      ...new Set(added.flatMap(({ order }) => (order.memberId === null ? [] : [order.memberId]))),
    ]);
    for (const { order } of added) emitRecorded(tx, actor, order);
    return results;
  }
}

const wishOf = ({ pushed: { externalNo, lines }, store, soldAt, guideId }: Checked) => ({
  externalNo,
  storeId: store.id,
  guideId,
  soldAt: soldAt.toISOString(),
  lines,
});

/** Not `order.paid`: nothing was collected through us, so nothing may be split. */
function emitRecorded(tx: Tx, actor: Pos, order: OfflineOrder): void {
  if (order.kind !== 'SALE' || order.memberId === null) return;
  const { id: orderId, storeId, memberId, guideId, totalFen } = order;
  const payload = { orderId: orderId as OrderId, storeId, memberId, guideId, sendId: null, totalFen };
  tx.emit({ brandId: actor.brandId, type: 'pos.order.recorded', payload });
}

const linesOf = (pushed: Pushed, skus: FoldedMap<SkuOfCode>): OfflineLine[] =>
  pushed.lines.map((line, index) => {
    const sku = skus.get(line.skuCode);
    const unitPriceFen = fen(line.unitPriceFen);
    return {
      id: String(index + 1),
      skuId: sku?.skuId ?? null,
      productId: sku?.productId ?? null,
      categoryId: sku?.categoryId ?? null,
      code: line.skuCode,
      name: line.name,
      spec: sku?.spec ?? '',
      imageUrl: sku?.imageUrl ?? null,
      qty: line.qty,
      unitPriceFen,
      amountFen: mulFen(unitPriceFen, line.qty),
    };
  });
