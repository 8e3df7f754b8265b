import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DAY_MS, fen } from '@shuke/shared/kernel';
import { entitle, type SplitInput } from '@shuke/shared/rules';
import fc from 'fast-check';
import { expectQuiet, fillShelves, headquarters, payOnPhone, settle } from '../e2e/sale-steps.js';
import { type E2e, openE2e } from '../harness/e2e.js';

jest.setTimeout(240_000);

const BUYERS = ['lin', 'chen', 'zhou'] as const;
const HISTORIES = 8;
const FIXED_SEED = 20261122;
const CALLS = [
  '/jsapi$',
  '/out-trade-no/',
  '/refunds',
  '/receivers/add$',
  '/profitsharing/orders',
  '/amounts$',
  '/return-orders',
];

/** What the model knows of an order: enough to say what every party must have in the end. */
interface Sale {
  id: string;
  lineId: string;
  buyer: (typeof BUYERS)[number];
  place: 'north' | 'lake';
  isShipped: boolean;
  qty: number;
  totalFen: number;
  freightFen: number;
  isPaid: boolean;
  hasLeft: boolean;
  isReceived: boolean;
  back: number;
  refunds: number;
}
interface Model {
  sales: Sale[];
}
type Step = fc.AsyncCommand<Model, E2e>;

let e2e: E2e;
const addresses = new Map<string, string>();
const buyerOf = (key: (typeof BUYERS)[number]) => e2e.consumer(key);
const pick = (model: Model, at: number, fits: (sale: Sale) => boolean): Sale | undefined => {
  const fitting = model.sales.filter(fits);
  return fitting[at % Math.max(1, fitting.length)];
};

beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  // A price that no ratio divides evenly.
  await e2e.bench.database.execute('UPDATE product SET list_price_fen = 99989 WHERE brand_id = ?', [e2e.brandId]);
  // Enough of their own money that returns and late refunds never wait for a top-up.
  for (const mchid of ['1600000001', '1900000200'])
    await fetch(`${e2e.sims.urls.desk}/control/pay/balances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mchid, available: 90_000_000 }),
    });
  for (const key of BUYERS) {
    const { api } = await buyerOf(key);
    const home = { province: '浙江省', city: '杭州市', district: '上城区', detail: '望江路 1 号' };
    const { id } = await api.mall.addAddress({
      body: { name: '小满', phone: '13812345678', ...home, isDefault: true },
    });
    addresses.set(key, id);
  }
});
afterAll(() => e2e.close());

/** Whatever happens, the parts of every paid order sum to what was paid less what went back. */
async function legsSum(): Promise<void> {
  const off = await e2e.bench.database.query(
    `SELECT o.id FROM sales_order o JOIN entitlement_leg l ON l.brand_id = o.brand_id AND l.order_id = o.id
     WHERE o.brand_id = ? GROUP BY o.id, o.total_fen, o.refunded_fen HAVING SUM(l.fen) <> o.total_fen - o.refunded_fen`,
    [e2e.brandId],
  );
  expect(off).toEqual([]);
}

async function after(seconds = 12): Promise<void> {
  await settle(e2e, seconds);
  await legsSum();
}

class Buy implements Step {
  constructor(
    readonly buyer: number,
    readonly qty: number,
    readonly place: 'north' | 'lake',
    readonly isShipped: boolean,
    readonly hasGuide: boolean,
    readonly pays: boolean,
  ) {}
  check = () => true;
  async run(model: Model): Promise<void> {
    const key = BUYERS[this.buyer] ?? 'lin';
    const buyer = await buyerOf(key);
    const lines = [{ skuId: e2e.shop.products[this.buyer]?.skus[0] ?? '', qty: this.qty }];
    const where = {
      storeId: e2e.shop[this.place],
      lines,
      fulfil: this.isShipped ? ('SHIP' as const) : ('PICKUP' as const),
    };
    const addressId = this.isShipped ? addresses.get(key) : undefined;
    const { totalFen } = await buyer.api.mall.preview({ body: { ...where, addressId } });
    const guideCode = this.hasGuide ? (this.place === 'north' ? 'NORTH' : 'LAKE') : undefined;
    const order = await buyer.api.mall.submitOrder({
      body: { ...where, addressId, guideCode, expectedTotalFen: totalFen },
    });
    if (this.pays) {
      // The first tap may meet a fault; the consumer taps again.
      await buyer.api.mall.pay({ params: { id: order.id } }).catch(() => null);
      await payOnPhone(e2e, buyer, order.id);
    }
    await after();
    model.sales.push({
      id: order.id,
      lineId: order.lines[0]?.id ?? '',
      buyer: key,
      place: this.place,
      isShipped: this.isShipped,
      qty: this.qty,
      totalFen,
      freightFen: order.freightFen,
      isPaid: this.pays,
      hasLeft: false,
      isReceived: false,
      back: 0,
      refunds: 0,
    });
  }
  toString = () =>
    `buy(${BUYERS[this.buyer]} ×${this.qty} in ${this.place}${this.isShipped ? ' shipped' : ''}${this.pays ? '' : ' unpaid'})`;
}

class Leave implements Step {
  constructor(readonly at: number) {}
  private of = (model: Readonly<Model>) =>
    pick(model, this.at, (one) => one.isPaid && !one.hasLeft && one.back < one.qty);
  check = (model: Readonly<Model>) => this.of(model) !== undefined;
  async run(model: Model): Promise<void> {
    const sale = this.of(model) as Sale;
    if (sale.isShipped)
      await (await headquarters(e2e)).console.shipOrder({
        params: { id: sale.id },
        body: { company: '顺丰速运', trackingNo: 'SF1234567890' },
      });
    else {
      const { pickupCode } = await (await buyerOf(sale.buyer)).api.mall.order({ params: { id: sale.id } });
      await (await e2e.guide(sale.place)).guide.verifyPickup({ params: { code: pickupCode ?? '' } });
      sale.isReceived = true;
    }
    sale.hasLeft = true;
    await after();
  }
  toString = () => `leave(${this.at})`;
}

class Receive implements Step {
  constructor(readonly at: number) {}
  private of = (model: Readonly<Model>) =>
    pick(model, this.at, (one) => one.hasLeft && !one.isReceived && one.back < one.qty);
  check = (model: Readonly<Model>) => this.of(model) !== undefined;
  async run(model: Model): Promise<void> {
    const sale = this.of(model) as Sale;
    const { api } = await buyerOf(sale.buyer);
    // Ten days after shipping the product has confirmed by itself, and a tap is refused.
    await api.mall.confirmReceipt({ params: { id: sale.id } }).catch((error: { code: string }) => {
      expect(error.code).toBe('ORDER_STATE');
    });
    sale.isReceived = true;
    await after();
  }
  toString = () => `receive(${this.at})`;
}

class Refund implements Step {
  constructor(
    readonly at: number,
    readonly isAll: boolean,
  ) {}
  private of = (model: Readonly<Model>) => pick(model, this.at, (one) => one.isPaid && one.back < one.qty);
  check = (model: Readonly<Model>) => this.of(model) !== undefined;
  async run(model: Model): Promise<void> {
    const sale = this.of(model) as Sale;
    const pieces = this.isAll ? sale.qty - sale.back : 1;
    const ask = async () =>
      (await headquarters(e2e)).console.refundOrder({
        params: { id: sale.id },
        body: { reason: '质量问题', lines: [{ lineId: sale.lineId, qty: pieces }] },
      });
    const code = await ask()
      .then(() => 'OK')
      .catch((error: { code: string }) => error.code);
    expect(['OK', 'REFUND_IN_PROGRESS', 'REFUND_NOT_POSSIBLE']).toContain(code);
    // The payment itself may not have been heard of yet when a fault has eaten the question.
    if (code === 'OK') {
      sale.back += pieces;
      sale.refunds += 1;
    }
    await after();
  }
  toString = () => `refund(${this.at}${this.isAll ? ' all' : ''})`;
}

class Pass implements Step {
  constructor(readonly days: number) {}
  check = () => true;
  async run(): Promise<void> {
    await e2e.pass(this.days * DAY_MS);
    await after(100);
  }
  toString = () => `pass(${this.days} d)`;
}

class Repeat implements Step {
  constructor(
    readonly at: number,
    readonly kind: 'duplicate-callback' | 'redeliver',
  ) {}
  check = () => true;
  async run(): Promise<void> {
    if (this.kind === 'duplicate-callback')
      e2e.sims.core.faults.add({ target: 'pay', side: 'callback', path: '.', kind: this.kind });
    else {
      const all = Object.keys(e2e.sims.pay.sim.state.deliveries);
      const id = all[this.at % Math.max(1, all.length)];
      await fetch(`${e2e.sims.urls.desk}/control/pay/redeliver`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id }),
      });
    }
    await after();
  }
  toString = () => `${this.kind}(${this.at})`;
}

class Fault implements Step {
  constructor(
    readonly call: number,
    readonly kind: 'drop-before-apply' | 'drop-after-apply',
  ) {}
  check = () => true;
  async run(): Promise<void> {
    e2e.sims.core.faults.add({ target: 'pay', side: 'request', path: CALLS[this.call] ?? '.', kind: this.kind });
  }
  toString = () => `${this.kind}(${CALLS[this.call]})`;
}

/** The parties' shares of an order of which nothing came back, by the shared rules and not by the server. */
function expected(sale: Sale, input: SplitInput): number[] {
  const legs = [
    { party: 'BRAND' as const, ratioBp: 1800, storeKinds: ['FRANCHISE' as const] },
    { party: 'GUIDE' as const, ratioBp: 500 },
  ];
  expect(input.paidFen).toBe(sale.totalFen);
  return entitle({ version: 1, name: '加盟分润', legs } as never, { ...input, paidFen: fen(sale.totalFen) }).shares.map(
    (share) => share.fen,
  );
}

/** Everything ended, and as the model says. */
async function checkEnd(model: Model): Promise<void> {
  e2e.sims.core.faults.clear();
  await settle(e2e, 1400);
  await expectQuiet(e2e);
  const desk = await headquarters(e2e);
  for (const sale of model.sales) {
    const order = await desk.console.order({ params: { id: sale.id } });
    if (!sale.isPaid) {
      expect(['PENDING_PAY', 'CLOSED']).toContain(order.state);
      continue;
    }
    const goods = sale.totalFen - sale.freightFen;
    const kept =
      sale.back === sale.qty ? 0 : sale.totalFen - (goods * sale.back - ((goods * sale.back) % sale.qty)) / sale.qty;
    // The freight comes back only with goods that never left.
    const freightKept = sale.back === sale.qty && sale.hasLeft ? sale.freightFen : 0;
    expect([sale.id, order.totalFen - order.refundedFen]).toEqual([sale.id, kept + freightKept]);
    const split = await desk.console.orderSplit({ params: { id: sale.id } });
    expect(split.legs.reduce((sum, leg) => sum + leg.fen, 0)).toBe(kept + freightKept);
    expect(split.legs.every((leg) => leg.fen >= 0)).toBe(true);
    if (sale.refunds > 0) continue;
    const [row] = await e2e.bench.database.query<{ body: string }>(
      "SELECT body FROM entitlement WHERE brand_id = ? AND order_id = ? AND kind = 'ACCRUAL'",
      [e2e.brandId, sale.id],
    );
    const { input } = JSON.parse(row?.body ?? '{}') as { input: SplitInput };
    expect(split.legs.map((leg) => leg.fen)).toEqual(expected(sale, input));
  }
}

const steps: fc.Arbitrary<Step>[] = [
  fc
    .tuple(
      fc.nat(2),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('north' as const, 'lake' as const),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 0, max: 5 }),
    )
    .map(([buyer, qty, place, ships, guide, luck]) => new Buy(buyer, qty, place, ships, guide, luck > 0)),
  fc.nat(9).map((at) => new Leave(at)),
  fc.nat(9).map((at) => new Receive(at)),
  fc.tuple(fc.nat(9), fc.boolean()).map(([at, isAll]) => new Refund(at, isAll)),
  fc.integer({ min: 1, max: 9 }).map((days) => new Pass(days)),
  fc
    .tuple(fc.nat(99), fc.constantFrom('duplicate-callback' as const, 'redeliver' as const))
    .map(([at, kind]) => new Repeat(at, kind)),
  fc
    .tuple(fc.nat(CALLS.length - 1), fc.constantFrom('drop-before-apply' as const, 'drop-after-apply' as const))
    .map(([call, kind]) => new Fault(call, kind)),
];

const histories = (seed: number) =>
  fc.assert(
    fc.asyncProperty(
      fc.commands([steps[0] as fc.Arbitrary<Step>, ...steps], { maxCommands: 12, size: 'max' }),
      async (commands) => {
        const model: Model = { sales: [] };
        e2e.sims.core.faults.clear();
        await fc.asyncModelRun(() => ({ model, real: e2e }), commands);
        await checkEnd(model);
      },
    ),
    { numRuns: HISTORIES, seed, endOnFailure: true },
  );

describe('inv-01 inv-03 inv-07 inv-08 inv-13 random histories of sales, refunds, faults and time', () => {
  it(`end with every fen where the rules say (seed ${FIXED_SEED})`, () => histories(FIXED_SEED));

  const seed = Number(process.env['MODEL_SEED'] ?? process.hrtime.bigint() % 1_000_000_000n);
  it(`end with every fen where the rules say (seed ${seed}; repeat with MODEL_SEED)`, () => histories(seed));

  it('inv-03 a single changed byte of a single entry is found and named', async () => {
    const { database } = e2e.bench;
    const [row] = await database.query<{ store_id: string; seq: string; body: string }>(
      'SELECT store_id, seq, body FROM entitlement WHERE brand_id = ? ORDER BY store_id, seq LIMIT 1',
      [e2e.brandId],
    );
    if (!row) throw new Error('no entry');
    const write = (body: string) =>
      database.execute('UPDATE entitlement SET body = ? WHERE brand_id = ? AND store_id = ? AND seq = ?', [
        body,
        e2e.brandId,
        row.store_id,
        row.seq,
      ]);
    await write(
      row.body.replace('小', '大').replace(/"paidFen":(\d)/, (_, digit: string) => `"paidFen":${(+digit % 9) + 1}`),
    );
    expect((await e2e.broken()).map((one) => one.id)).toContain('inv-03');
    await write(row.body);
    expect(await e2e.broken()).toEqual([]);
  });
});
