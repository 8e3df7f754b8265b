import { expect, it } from '@jest/globals';
import { type PastRows, ShelfStore } from './persistence/shelf.store.js';
import { bench, shop, sku, usePromotionBench } from './testing/promotion-bench.js';

usePromotionBench();

interface Bought {
  /** Null: goods that nobody knows, as imported orders have them. */
  skuId: string | null;
  unitFen: number;
  qty: number;
}

async function pastOrder(lines: readonly Bought[]): Promise<string> {
  const id = bench.ids.next<'order'>();
  const { memberId } = await shop.member();
  const now = bench.clock.date();
  await bench.database.execute(
    `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, member_id, store_id, state, fulfil, goods_fen, freight_fen, total_fen, refunded_fen, remark, created_at, paid_at)
     VALUES (?,?,?,'MINIAPP','SALE',?,?,'FINISHED','SHIP',200000,0,200000,0,'',?,?)`,
    [bench.brandId, id, id, memberId, shop.north, now, now],
  );
  const [productId, categoryId] = [shop.products[0]?.id ?? '', shop.categories[0] ?? ''];
  for (const { skuId, unitFen, qty } of lines) {
    const goods = [skuId, skuId && productId, categoryId, qty];
    const money = [unitFen, unitFen * qty, unitFen * qty];
    await bench.database.execute(
      `INSERT INTO order_line (brand_id, order_id, id, code, name, spec, sku_id, product_id, category_id, qty, unit_price_fen, amount_fen, payable_fen, refunded_qty, refunded_fen)
       VALUES (?,?,?,'C','N','S',?,?,?,?,?,?,?,0,0)`,
      [bench.brandId, id, bench.ids.next(), ...goods, ...money],
    );
  }
  return id;
}

it('a trial on past orders goes on behind pages whose goods nobody knows, and counts no present as bought', async () => {
  const unknown = { skuId: null, unitFen: 100_000, qty: 1 };
  await pastOrder([unknown]);
  await pastOrder([unknown]);
  const known = await pastOrder([
    { skuId: sku(1), unitFen: 100_000, qty: 2 },
    { skuId: sku(1), unitFen: 0, qty: 1 },
  ]);
  const from = new Date(bench.clock.now() - 1000);
  const found: unknown[] = [];
  for (let after: string | null = '0'; after !== null; ) {
    const page: { orders: PastRows[]; next: string | null } = await new ShelfStore().pastOrders(
      bench.database,
      bench.brandId,
      [shop.north],
      from,
      after,
      1,
    );
    found.push(...page.orders.map((one) => [one.id, one.lines.map((line) => line.qty)]));
    after = page.next;
  }
  expect(found).toEqual([[known, [2]]]);
});
