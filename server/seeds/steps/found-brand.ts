import { fen, type GuideId, type Id, type StoreId } from '@shuke/shared/kernel';
import { createConnector, createConsoleUser } from '../../src/modules/identity/index.js';
import {
  createBrand,
  createFranchisee,
  createGuides,
  createRegion,
  createStores,
  type FranchiseeId,
  type GuideDraft,
  type RegionId,
  type StoreDraft,
} from '../../src/modules/organization/index.js';
import type { Tx } from '../../src/platform/database/unit-of-work.js';
import { BRAND, THEME } from '../demo/brand.js';
import { FRANCHISEES } from '../demo/franchisees.js';
import { type DemoGuide, GUIDES } from '../demo/guides.js';
import { createRandom, seedOf } from '../demo/random.js';
import { STORES } from '../demo/stores.js';
import { DEMO_IDS } from '../world.js';
import { idsOf, inOneStep, type SeedContext } from './seed-context.js';

export const FREE_FREIGHT_FROM_FEN = 39_900;
/** The demo's point-of-sale connector; as public as the rest of the demo. */
export const DEMO_POS_KEY = 'demo-pos-key-of-xueling-2026';

type ByCode<T> = Map<string, T>;

/** The opaque code of a guide in links and codes: its number, then two letters that do not count up with it. */
export function guideCodeOf(userid: string): string {
  const number = userid.slice(-3);
  const hash = seedOf(userid);
  const letters = 'abcdefghjkmnpqrstuvwxyz';
  const letter = (at: number): string => letters[Math.floor(hash / 31 ** at) % letters.length] ?? 'x';
  return `g${number}${letter(1)}${hash % 10}${letter(2)}`;
}

/** The brand with its stores, people and logins. */
export const foundBrand = (context: SeedContext): Promise<void> =>
  inOneStep(context, 'organization', async (tx) => {
    const { brandId } = context;
    const { corpId, appid } = DEMO_IDS;
    await createBrand(tx, {
      id: brandId,
      code: BRAND.code,
      name: BRAND.name,
      appid,
      corpId,
      logoUrl: BRAND.logo,
      theme: { ...THEME },
      settings: { banners: [], freeFreightFromFen: FREE_FREIGHT_FROM_FEN },
    });
    const franchisees = await createFranchisees(context, tx);
    const stores = await openStores(context, tx, franchisees);
    await createGuides(
      tx,
      GUIDES.map((guide) => guideDraft(context, guide, stores)),
    );
    await createLogins(context, tx, franchisees);
  });

async function createFranchisees(context: SeedContext, tx: Tx): Promise<ByCode<FranchiseeId>> {
  const found: ByCode<FranchiseeId> = new Map();
  for (const { code, name, contactName } of FRANCHISEES) {
    const id = idsOf(context).next<'franchisee'>();
    const shown = name.replace(/(服饰|商贸|雪岭服饰)?有限公司$/, '');
    await createFranchisee(tx, { brandId: context.brandId, id, name: shown, companyName: name, contactName });
    found.set(code, id);
  }
  return found;
}

async function openStores(context: SeedContext, tx: Tx, franchisees: ByCode<FranchiseeId>): Promise<ByCode<StoreId>> {
  const ids = idsOf(context);
  const regions: ByCode<RegionId> = new Map();
  for (const name of new Set(STORES.map((store) => store.region))) {
    const id = ids.next<'region'>();
    await createRegion(tx, { brandId: context.brandId, id, name });
    regions.set(name, id);
  }
  const drafts = STORES.map(
    (store): StoreDraft => ({
      brandId: context.brandId,
      id: ids.next<'store'>(),
      code: store.code,
      name: store.name,
      kind: store.kind,
      status: 'OPEN',
      regionId: regions.get(store.region) as RegionId,
      franchiseeId: store.franchiseeCode ? (franchisees.get(store.franchiseeCode) ?? null) : null,
      province: store.province,
      city: store.city,
      district: store.district,
      address: store.address,
      phone: store.phone,
      latitude: store.latitude,
      longitude: store.longitude,
      serviceRadiusM: store.serviceRadiusMetres,
      openAt: store.opens,
      closeAt: store.closes,
      collectMode: store.collectMode,
      subMchid: store.subMchid,
      deliveryFeeFen: fen(store.deliveryFeeFen),
      canShip: true,
      canPickup: true,
      imageUrl: store.picture,
    }),
  );
  await createStores(tx, drafts);
  return new Map(drafts.map((draft) => [draft.code, draft.id]));
}

function guideDraft(context: SeedContext, guide: DemoGuide, stores: ByCode<StoreId>): GuideDraft {
  const person = context.people.guides.find((one) => one.userid === guide.userid);
  const random = createRandom(seedOf(guide.userid));
  return {
    brandId: context.brandId,
    id: idsOf(context).next<'guide'>() as GuideId,
    storeId: stores.get(guide.storeCode) as StoreId,
    code: guideCodeOf(guide.userid),
    wecomUserid: guide.userid,
    name: guide.name,
    avatarUrl: guide.avatar,
    role: guide.role === 'manager' ? 'MANAGER' : 'GUIDE',
    receiverOpenid: person?.openid ?? null,
    receiverState: person ? 'READY' : 'NONE',
    secondsPerItem: guide.pace.message + guide.pace.productCard,
    paceSamples: random.int(12, 60),
    joinedAt: new Date(`${guide.joinedOn}T01:00:00.000Z`),
  };
}

async function createLogins(context: SeedContext, tx: Tx, franchisees: ByCode<FranchiseeId>): Promise<void> {
  const { brandId } = context;
  const ids = idsOf(context);
  const user = (login: string, name: string, franchiseeId: Id<'franchisee'> | null) =>
    createConsoleUser(tx, {
      brandId,
      id: ids.next<'user'>(),
      login,
      name,
      role: franchiseeId ? 'FRANCHISEE' : 'HQ',
      franchiseeId,
      password: `xueling-${login}`,
    });
  await user('hq', '总部运营', null);
  // A second person, because corrections of assets need four eyes.
  await user('finance', '周若宁（财务）', null);
  for (const { code, contactName } of FRANCHISEES)
    await user(code.toLowerCase(), contactName, franchisees.get(code) ?? null);
  await createConnector(tx, { brandId, id: ids.next<'connector'>(), name: '门店收银系统', apiKey: DEMO_POS_KEY });
}
