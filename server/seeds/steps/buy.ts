import { createHash } from 'node:crypto';
import type { Api } from '@shuke/shared/api';
import type { mallRoutes, ResponseOf } from '@shuke/shared/contracts';
import { CONSUMERS } from '../demo/consumers.js';
import { createRandom, type Random, seedOf } from '../demo/random.js';
import { type Actors, until } from './actors.js';
import { guideCodeOf } from './found-brand.js';
import { type Persona } from './personas.js';
import { DEMO_SEED } from './seed-context.js';
import type { StoreIds } from './store-book.js';

export type OrderDetail = ResponseOf<typeof mallRoutes.order>;

/** One visit of a consumer to a store's pages, and what they do about it. */
export interface Visit {
  /** Unique in the demo; repeating the visit repeats the same requests. */
  name: string;
  persona: Persona;
  storeCode: string;
  fulfil: 'SHIP' | 'PICKUP';
  /** The guide whose link was followed, if any. */
  linkOf: string | null;
  lines: number;
  /** The tracked message of a guide that brought them here. */
  sendId?: string | undefined;
}

export interface Bought {
  visit: Visit;
  orderId: string;
  /** An earlier, interrupted run may have paid it. */
  isPaid: boolean;
}

/** Codes of children's goods begin so. */
const CHILDREN = 'XL5';

const keyOf = (visit: Visit, what: string): string =>
  createHash('sha256').update(`${DEMO_SEED} ${visit.name} ${what}`).digest('hex').slice(0, 32);

/** Looks around in a store: searches, opens some products, comes back to one of them. Returns SKUs worth buying. */
export async function browse(api: Api, visit: Visit, stores: StoreIds): Promise<string[]> {
  const storeId = stores.get(visit.storeCode) as string;
  const random = createRandom(DEMO_SEED ^ seedOf(visit.name));
  const { items } = await api.mall.products({ query: { storeId, inStockOnly: true, limit: 40 } });
  const hasChildren = visit.persona.sizes.some((size) => /^\d/.test(size));
  const fitting = items.filter(({ code }) => hasChildren || !code.startsWith(CHILDREN));
  const seen = random.shuffle(fitting).slice(0, Math.max(3, visit.lines + 1));
  const guideCode = visit.linkOf ? guideCodeOf(visit.linkOf) : undefined;
  const event = (type: 'VIEW' | 'ADD_CART' | 'SHARE_OPEN', productId: string, at: number, dwellMs: number) => ({
    key: keyOf(visit, `${type} ${at}`),
    type,
    productId,
    storeId,
    dwellMs,
    agoMs: (seen.length + 3 - at) * 47_000,
  });
  const first = seen[0]?.id ?? '';
  const events = [
    ...(guideCode ? [{ ...event('SHARE_OPEN', first, 0, 0), guideCode }] : []),
    ...(visit.sendId ? [{ ...event('SHARE_OPEN', first, -1, 0), sendId: visit.sendId }] : []),
    ...seen.map((product, at) => event('VIEW', product.id, at + 1, random.int(4_000, 95_000))),
    event('VIEW', first, seen.length + 1, random.int(20_000, 120_000)),
    event('ADD_CART', first, seen.length + 2, 0),
  ];
  await api.mall.track({ body: { anonymousId: keyOf({ ...visit, name: visit.persona.key }, 'phone'), events } });
  const skus: string[] = [];
  for (const product of seen.slice(0, visit.lines))
    skus.push(...(await sizeThatFits(api, product.id, visit, storeId, random)));
  return skus;
}

async function sizeThatFits(
  api: Api,
  productId: string,
  { persona }: Visit,
  storeId: string,
  random: Random,
): Promise<string[]> {
  const { skus } = await api.mall.product({ params: { id: productId }, query: { storeId } });
  const free = skus.filter((sku) => sku.available >= 3);
  const own = free.filter((sku) => persona.sizes.includes(sku.size));
  const choice = own.length > 0 ? own : free;
  return choice.length > 0 ? [random.pick(choice).id] : [];
}

/** Browses and submits an order. */
export async function order(actors: Actors, visit: Visit, stores: StoreIds): Promise<Bought> {
  const api = await actors.consumer(visit.persona.key);
  const skus = await browse(api, visit, stores);
  if (skus.length === 0) throw new Error(`${visit.name}: nothing to buy in ${visit.storeCode}`);
  const storeId = stores.get(visit.storeCode) as string;
  const lines = skus.map((skuId, at) => ({ skuId, qty: at === 0 && skus.length > 1 ? 2 : 1 }));
  const addressId = visit.fulfil === 'SHIP' ? await addressOf(api, visit.persona.key) : undefined;
  const wish = { storeId, lines, fulfil: visit.fulfil, ...(addressId ? { addressId } : {}) };
  const { totalFen } = await api.mall.preview({ body: wish });
  const made = await api.mall.submitOrder({
    body: {
      ...wish,
      expectedTotalFen: totalFen,
      ...(visit.linkOf ? { guideCode: guideCodeOf(visit.linkOf) } : {}),
      ...(visit.sendId ? { sendId: visit.sendId } : {}),
    },
    idempotencyKey: keyOf(visit, 'order'),
  });
  return { visit, orderId: made.id, isPaid: made.state !== 'PENDING_PAY' };
}

/** Pays an order on the phone and waits until the server knows. */
export async function pay(actors: Actors, bought: Bought): Promise<void> {
  const api = await actors.consumer(bought.visit.persona.key);
  const params = { id: bought.orderId };
  const sheet = await api.mall.pay({ params });
  await actors.control('pay/pay', { prepay_id: sheet.package.replace('prepay_id=', '') });
  await until(`payment of ${bought.visit.name}`, async () => {
    const { state } = await api.mall.order({ params });
    return state === 'PENDING_PAY' ? null : state;
  });
}

const addresses = new Map<string, Promise<string>>();

/** A consumer's first address, entered when they have none. */
function addressOf(api: Api, key: string): Promise<string> {
  const known = addresses.get(key) ?? enterAddress(api, key);
  addresses.set(key, known);
  return known;
}

async function enterAddress(api: Api, key: string): Promise<string> {
  const [known] = await api.mall.addresses();
  if (known) return known.id;
  const person = CONSUMERS.find((one) => one.key === key);
  const [place] = person?.places ?? [];
  if (!person || !place) throw new Error(`${key} has no address`);
  const district = /^(.*?[区市县])/.exec(place.address)?.[1] ?? person.city;
  const made = await api.mall.addAddress({
    body: {
      name: person.nickname,
      phone: person.phone,
      province: PROVINCE[person.city] ?? person.city,
      city: person.city,
      district,
      detail: place.address.slice(district.length).trim(),
      isDefault: true,
    },
  });
  return made.id;
}

const PROVINCE: Record<string, string> = {
  杭州: '浙江省',
  上海: '上海市',
  北京: '北京市',
  成都: '四川省',
  沈阳: '辽宁省',
  武汉: '湖北省',
  长沙: '湖南省',
};
