import { createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto';
import { canonicalJson } from '@shuke/shared/kernel';
import { type Actors, attempt } from './actors.js';
import { DEMO_POS_KEY } from './found-brand.js';
import { asStep, DEMO_SEED, type SeedContext } from './seed-context.js';
import { listingsOf, storeIdsOf, storeOf } from './store-book.js';

const MINUTE_MS = 60_000;
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

interface Till {
  deviceNo: string;
  name: string;
  storeCode: string;
  /** Minutes ago of each sale, the oldest first; none: it has never been heard. */
  sales: readonly number[];
  /** This number of the row never comes. */
  lost?: number;
}

const TILLS: readonly Till[] = [
  { deviceNo: 'HZ-LXL-1', name: '龙翔里 1 号台', storeCode: 'S003', sales: [190, 150, 96, 61, 22, 6] },
  { deviceNo: 'HZ-BJ-1', name: '滨江 1 号台', storeCode: 'S006', sales: [170, 120, 44, 9], lost: 3 },
  { deviceNo: 'SH-NJX-1', name: '南京西路 1 号台', storeCode: 'S008', sales: [75, 31, 4] },
  { deviceNo: 'SY-ZJ-2', name: '中街备用台', storeCode: 'S038', sales: [] },
];
/** Cards that are shown at the tills, in turn; the others buy without one. */
const CARDS = ['UCI-12477', null, 'UCI-12679', null, 'UCI-12684'];

/** Tills of stores sell today: one in step, one that lost a row, one that was never switched on. */
export const runTills = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'tills', async () => {
    const stores = await storeIdsOf(actors);
    for (const till of TILLS)
      await attempt(context, `till ${till.deviceNo}`, async () => {
        const wares = await listingsOf(actors, storeOf(stores, till.storeCode));
        await register(context, till);
        if (till.sales.length > 0) await sell(context, till, wares);
      });
    await attempt(context, 'counts of stores', () => countShelves(context, actors));
  });

async function call(context: SeedContext, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${context.serverOrigin}/api/pos/${path}`, {
    method,
    headers: { 'x-api-key': DEMO_POS_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) context.say(`pos/${path} answers ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
}

/** The signing key of a demo till; like everything of the demo it comes from the one number. */
function keyOf({ deviceNo }: Till) {
  const seed = Buffer.from(hkdfSync('sha256', String(DEMO_SEED), '', deviceNo, 32));
  return createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

function register(context: SeedContext, till: Till): Promise<void> {
  const { deviceNo, name, storeCode } = till;
  const publicKey = (createPublicKey(keyOf(till)).export({ format: 'jwk' }) as { x: string }).x;
  return call(context, 'PUT', 'devices', { deviceNo, name, storeCode, publicKey });
}

type Listing = Awaited<ReturnType<typeof listingsOf>>[number];

function sell(context: SeedContext, till: Till, wares: readonly Listing[]): Promise<void> {
  const key = keyOf(till);
  const rows = till.sales.flatMap((minutesAgo, at) => {
    const ware = wares[(at * 7 + till.storeCode.charCodeAt(3)) % wares.length];
    const sku = ware?.skus[0];
    if (at + 1 === till.lost || !ware || !sku) return [];
    const cardNo = CARDS[at % CARDS.length];
    const row = {
      sequence: at + 1,
      kind: 'SALE',
      externalNo: `${till.deviceNo}-${at + 1}`,
      happenedAt: new Date(context.clock.now() - minutesAgo * MINUTE_MS).toISOString(),
      ...(cardNo ? { cardNo } : {}),
      lines: [{ skuCode: sku.code, name: ware.name, qty: 1, unitPriceFen: sku.storePriceFen ?? sku.listPriceFen }],
    };
    const text = canonicalJson({ deviceNo: till.deviceNo, row });
    return [{ ...row, signature: sign(null, Buffer.from(text), key).toString('base64url') }];
  });
  return call(context, 'POST', 'device-rows', { deviceNo: till.deviceNo, rows });
}

/** Full counts of three stores: one differs by a few pieces, one missed a message and counted again, one still misses it. */
async function countShelves(context: SeedContext, actors: Actors): Promise<void> {
  const stores = await storeIdsOf(actors);
  for (const [at, storeCode] of ['S005', 'S009', 'S012'].entries()) {
    const listings = await listingsOf(actors, storeOf(stores, storeCode));
    const rows = listings
      .slice(0, 20)
      .flatMap(({ skus }) => skus.slice(0, 1))
      .map(({ code, onHand }, place) => ({ skuCode: code, qty: onHand + (at === 0 && place % 9 === 4 ? 2 : 0) }));
    await call(context, 'POST', 'stock', { storeCode, sequence: 1, kind: 'SNAPSHOT', rows });
    const change = rows.slice(0, 2).map(({ skuCode }) => ({ skuCode, qty: 1 }));
    await call(context, 'POST', 'stock', { storeCode, sequence: at === 0 ? 2 : 3, kind: 'DELTA', rows: change });
    if (at === 1) await call(context, 'POST', 'stock', { storeCode, sequence: 4, kind: 'SNAPSHOT', rows });
  }
}
