import type { Page } from 'playwright-core';
import { type Handler, Refusal } from '../fixtures/answers';
import { couponView, exchange, handOver, LONG_NAME, owner, payment, quietCounter, receipt } from '../fixtures/counter';
import { pickedUp } from '../fixtures/work';
import { type Shot, tap } from './shot';

const full: Record<string, Handler> = {
  'GET /api/g/coupon-redemptions': () => ({
    items: [
      receipt(),
      receipt({ id: '6002', canReverse: false, stateText: '重复核销，总部承担', guideName: LONG_NAME }),
    ],
    nextCursor: null,
  }),
  'GET /api/g/in-store-payments': () => ({
    items: [payment(), payment({ id: '92', memberName: LONG_NAME, amountFen: 12_345_678, canReverse: false })],
    nextCursor: null,
  }),
  'GET /api/g/hand-overs': () => ({
    items: [handOver(), handOver({ id: '8002', state: 'UNDONE', stateText: '已撤销', canUndo: false })],
    nextCursor: null,
  }),
  'POST /api/g/member-codes/look-up': () => owner(),
  'POST /api/g/coupon-redemptions/look-up': ({ body }) => couponView(body.items, body.amountFen),
  'GET /api/g/points-exchanges/:x': () => exchange({ memberName: LONG_NAME }),
};
const look = (desk: string, code: string) => async (page: Page) => {
  await tap(`desk-${desk}`)(page);
  await page.getByTestId(`${desk}-code`).fill(code);
  await tap(`${desk}-find`)(page);
  await page.waitForTimeout(300);
};
const pay = (amount: string) => async (page: Page) => {
  await look('member', '281234567890123456')(page);
  await page.getByTestId('wallet-amount').fill(amount);
  const charge = page.getByTestId('wallet-charge');
  if (await charge.isEnabled()) await charge.click();
};
const at = { path: '/counter', entry: 'normal', full: true } as const;

/** The counter, with what people do wrong there. */
export const counterShots: Shot[] = [
  { ...at, name: 'counter-member-360', width: 360, table: full },
  { ...at, name: 'counter-empty', width: 390, table: quietCounter, act: tap('desk-pickup') },
  { ...at, name: 'counter-foreign', width: 350, table: full, act: look('pickup', '281234567890123456') },
  {
    ...at,
    name: 'counter-too-much',
    width: 390,
    table: {
      ...full,
      'POST /api/g/member-codes/look-up': () => owner({ profile: { ...owner().profile, nickname: LONG_NAME } }),
    },
    act: pay('200.01'),
  },
  {
    ...at,
    name: 'counter-over',
    width: 390,
    table: {
      ...full,
      'POST /api/g/pay-codes/charge': () => new Refusal(409, 'CODE_EXPIRED', '这个码过期了，请让顾客刷新后再扫'),
    },
    act: pay('60'),
  },
  {
    ...at,
    name: 'counter-unanswered-huge',
    width: 360,
    type: 'huge',
    table: { ...full, 'POST /api/g/pay-codes/charge': () => new Refusal(500, 'INTERNAL', '服务开小差了，请稍后再试') },
    act: pay('60'),
  },
  {
    ...at,
    name: 'counter-coupon-dark',
    width: 420,
    scheme: 'dark',
    table: full,
    act: async (page) => {
      await look('coupon', '483920415577')(page);
      await page.getByTestId('coupon-amount').fill('1299');
      await page.getByTestId('piece-price').fill('12.345');
      await page.getByTestId('piece-price').blur();
    },
  },
  { ...at, name: 'counter-exchange-huge', width: 350, type: 'huge', table: full, act: look('exchange', 'K7M2P9QX') },
  {
    ...at,
    name: 'counter-undo-sheet',
    width: 390,
    full: false,
    table: full,
    act: async (page) => {
      await tap('desk-pickup')(page);
      await page.waitForTimeout(200);
      await tap('reverse-open')(page);
    },
  },
  {
    ...at,
    name: 'counter-receipt-undone',
    width: 390,
    table: {
      ...full,
      'POST /api/g/pickups/:x/verify': () => pickedUp,
      'GET /api/g/hand-overs': () => ({
        items: [handOver({ state: 'UNDONE', stateText: '已撤销', canUndo: false })],
        nextCursor: null,
      }),
    },
    act: async (page) => {
      await look('pickup', '2048163512')(page);
      await tap('pickup-verify')(page);
    },
  },
  { ...at, name: 'counter-huge', width: 350, type: 'huge', table: full, act: tap('desk-coupon') },
];
