import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MallSettings } from '@shuke/shared/contracts';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, expectQuiet, fillShelves, headquarters, payOnPhone, settle } from './sale-steps.js';

jest.setTimeout(180_000);

const COST = 1001;
let e2e: E2e;
let lin: Buyer;
let addressId: string;
const skus = () => e2e.shop.products.flatMap((product) => product.skus);
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  // The third and fourth SKU are sold out in the north: the store by the lake sends them.
  await e2e.bench.database.execute(
    'UPDATE stock SET on_hand = 0 WHERE brand_id = ? AND store_id = ? AND sku_id IN (?,?)',
    [e2e.brandId, e2e.shop.north, skus()[2] ?? '', skus()[3] ?? ''],
  );
  lin = await e2e.consumer('lin');
  const address = await lin.api.mall.addAddress({
    body: {
      name: '林小满',
      phone: '13900000001',
      province: '浙江省',
      city: '杭州',
      district: '上城区',
      detail: '湖滨路 1 号',
      isDefault: true,
    },
  });
  addressId = address.id;
});
afterAll(() => e2e.close());
afterEach(async () => {
  await settle(e2e, 240);
  await expectQuiet(e2e);
});

async function rule(costBearer: MallSettings['crossStore']['costBearer']): Promise<void> {
  const hq = await headquarters(e2e);
  const { version } = await hq.console.mallSettings();
  const crossStore = {
    source: 'NEAREST' as const,
    warehouseStoreId: null,
    maxDistanceM: 50_000,
    costBearer,
    costFen: COST,
  };
  await hq.console.updateMallSettings({ body: { version, crossStore } });
  await e2e.sims.clock.advance(4000);
}

/** Pays an order of pieces of the first four SKUs, to be sent to the address. */
async function bought(qty: readonly number[]) {
  const lines = qty.flatMap((pieces, at) => (pieces > 0 ? [{ skuId: skus()[at] ?? '', qty: pieces }] : []));
  const wish = { storeId: e2e.shop.north, lines, fulfil: 'SHIP' as const, addressId };
  const { totalFen: expectedTotalFen } = await lin.api.mall.preview({ body: wish });
  const order = await lin.api.mall.submitOrder({ body: { ...wish, expectedTotalFen } });
  await payOnPhone(e2e, lin, order.id);
  await settle(e2e, 20);
  const back = async (skuAt: number, pieces: number) => {
    const at = lines.findIndex((line) => line.skuId === skus()[skuAt]);
    const body = { reason: '不想要了', lines: [{ lineId: order.lines[at]?.id ?? '', qty: pieces }] };
    await lin.api.mall.requestRefund({ params: { id: order.id }, body });
    await settle(e2e, 30);
  };
  const ship = async () => {
    const body = { company: '顺丰速运', trackingNo: 'SF1234567890' };
    await (await headquarters(e2e)).console.shipOrder({ params: { id: order.id }, body });
  };
  return { id: order.id, back, ship };
}

async function standing(orderId: string): Promise<Record<string, number>> {
  const rows = await e2e.bench.database.query<{ party: string; fen: string }>(
    `SELECT l.party, SUM(l.fen) AS fen FROM clearing_entry e JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id
     WHERE e.brand_id = ? AND e.kind IN ('CROSS_STORE','CROSS_STORE_BACK') AND e.subject_id LIKE ? GROUP BY l.party`,
    [e2e.brandId, `${orderId}:%`],
  );
  const names = new Map([
    [`STORE:${e2e.shop.lake}`, 'lake'],
    [`STORE:${e2e.shop.north}`, 'north'],
  ]);
  return Object.fromEntries(rows.map((row) => [names.get(row.party) ?? row.party, Number(row.fen)]));
}

describe('goods that another store sends', () => {
  it('cost their sending once for each order, owed by the store that sold them, less the pieces that come back', async () => {
    await rule('SELLING');
    const order = await bought([1, 0, 3, 1]);
    // One piece is given up before anything has left: it never travels.
    await order.back(2, 1);
    expect(await standing(order.id)).toEqual({});
    await order.ship();
    expect(await standing(order.id)).toEqual({ lake: COST, north: -COST });
    await order.back(0, 1);
    expect(await standing(order.id)).toEqual({ lake: COST, north: -COST });
    await order.back(2, 1);
    expect(await standing(order.id)).toEqual({ lake: 668, north: -668 });
    await order.back(3, 1);
    await order.back(2, 1);
    expect(await standing(order.id)).toEqual({ lake: 0, north: 0 });
  });

  it('are paid by headquarters or by the sending store itself where the rule says so', async () => {
    await rule('HQ');
    const byHq = await bought([0, 0, 1]);
    await byHq.ship();
    expect(await standing(byHq.id)).toEqual({ lake: COST, HQ: -COST });
    await rule('SHIPPING');
    const byLake = await bought([0, 0, 1]);
    await byLake.ship();
    expect(await standing(byLake.id)).toEqual({ lake: 0 });
  });

  it('cost nothing when the order is given up before they leave, and the check of the books finds a cost that is missing', async () => {
    await rule('SELLING');
    const order = await bought([0, 0, 2]);
    await order.back(2, 2);
    expect(await standing(order.id)).toEqual({});
    const kept = await bought([0, 0, 1]);
    await kept.ship();
    const move = (to: string, from: string) =>
      e2e.bench.database.execute(
        'UPDATE clearing_entry SET kind = ? WHERE brand_id = ? AND kind = ? AND subject_id LIKE ?',
        [to, e2e.brandId, from, `${kept.id}:%`],
      );
    await move('LOST', 'CROSS_STORE');
    expect((await e2e.broken()).map((one) => one.id)).toEqual(['clearing-cross-store']);
    await move('CROSS_STORE', 'LOST');
  });
});
