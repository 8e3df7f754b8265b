import { DEMO_COUPONS, demoTemplate } from '../demo/coupons.js';
import { type Actors, attempt } from './actors.js';
import { PERSONAS } from './personas.js';
import { asStep, mapAtMost, type SeedContext } from './seed-context.js';

const AT_ONCE = 4;
/** So many take the coupon of the first days. */
const EARLY_TAKERS = 6;
/** So many get a coupon from headquarters by hand. */
const BY_HAND = 4;
const GUIDE_MONTH_FEN = 1_000_000;
/** Coupons that these people put away, by name of the template. */
const TAKEN = ['新朋友见面礼', '初雪满减券', '毛衣内搭八八折', '包邮卡'];
/** Bills at the counter on which coupons were used, in fen. */
const BILLS = [129_900, 168_000, 99_900];

/** Headquarters publishes the brand's coupons and the rules around them. */
export const publishCoupons = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'coupons', async () => {
    const api = await actors.desk('hq');
    const settings = await api.console.couponSettings();
    await api.console.setCouponSettings({ body: { ...settings, guideMonthFen: GUIDE_MONTH_FEN } });
    const categories = await api.console.categories();
    const { items: known } = await api.console.couponTemplates({ query: { limit: 100 } });
    for (const [at, coupon] of DEMO_COUPONS.entries()) {
      if (known.some((one) => one.face.name === coupon.name)) continue;
      const ids = categories.filter(({ name }) => coupon.categories?.includes(name)).map(({ id }) => id);
      const { id } = await api.console.createCouponTemplate({ body: demoTemplate(coupon, ids, at + 1) });
      if (coupon.state === 'DRAFT') continue;
      await api.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
      if (coupon.state === 'PAUSED')
        await api.console.setCouponTemplateStatus({ params: { id }, body: { status: 'PAUSED' } });
    }
    context.say(`${DEMO_COUPONS.length} coupon templates`);
  });

/** Some take a coupon of the first days that is over by today. */
export const takeEarly = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'early coupons', async () => {
    const [first] = DEMO_COUPONS.filter(({ state }) => state === 'ENDED');
    const takers = PERSONAS.slice(0, EARLY_TAKERS);
    await mapAtMost(AT_ONCE, takers, ({ key }) =>
      attempt(context, `early coupon of ${key}`, () => takeSome(actors, key, [first?.name ?? ''])),
    );
  });

/** The coupon of the first days ends; headquarters gives one to a few by hand and takes one of them back. */
async function endAndRevoke(actors: Actors): Promise<void> {
  const api = await actors.desk('hq');
  const { items: templates } = await api.console.couponTemplates({ query: { limit: 100 } });
  const template = (name: string) => templates.find((one) => one.face.name === name);
  const over = DEMO_COUPONS.filter(({ state }) => state === 'ENDED');
  for (const { name } of over) {
    const known = template(name);
    if (known?.status === 'ACTIVE')
      await api.console.setCouponTemplateStatus({ params: { id: known.id }, body: { status: 'ENDED' } });
  }
  const back = template('老友回访券');
  if (!back) return;
  const params = { id: back.id };
  const memberIds: string[] = [];
  for (const { key } of PERSONAS.slice(0, BY_HAND))
    memberIds.push((await (await actors.consumer(key)).mall.me()).profile.id);
  await api.console.issueCoupons({
    params,
    body: { memberIds, reason: '一周年回访名单' },
    idempotencyKey: `demo-issue-${back.id}`,
  });
  const { items } = await api.console.issuedCoupons({ query: { templateId: back.id, limit: 50 } });
  const one = items.find((coupon) => coupon.state === 'AVAILABLE');
  if (one) await api.console.revokeCoupons({ params, body: { reason: '名单里重复了一位', couponIds: [one.id] } });
}

/** People take coupons, a guide gives some away, a few are used at counters, one is on its way to a friend. */
export const handOutCoupons = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'coupons in hands', async () => {
    await mapAtMost(AT_ONCE, PERSONAS, ({ key }) => attempt(context, `coupons of ${key}`, () => takeSome(actors, key)));
    const guides = [...new Set(PERSONAS.flatMap((persona) => persona.guides))];
    const givers = PERSONAS.slice(0, BILLS.length);
    for (const [at, persona] of givers.entries())
      await attempt(context, `coupons of ${persona.key}`, () =>
        useAtCounter(actors, persona.key, guides[at % guides.length] ?? '', BILLS[at] ?? 0),
      );
    for (const userid of guides.slice(0, 2))
      await attempt(context, `coupons of ${userid}`, () => dropIntoGroup(actors, userid));
    const last = PERSONAS.at(-1);
    await attempt(context, 'coupons by hand', () => endAndRevoke(actors));
    if (last) await attempt(context, `coupons of ${last.key}`, () => giveOneAway(actors, last.key));
  });

async function takeSome(actors: Actors, key: string, names: readonly string[] = TAKEN): Promise<void> {
  const api = await actors.consumer(key);
  const centre = await api.mall.couponCentre({ query: {} });
  for (const { templateId, face, state } of centre)
    if (state === 'CAN_TAKE' && names.includes(face.name))
      await api.mall.takeCoupon({
        params: { id: templateId },
        body: {},
        idempotencyKey: `demo-take-${key}-${templateId}`,
      });
}

async function useAtCounter(actors: Actors, key: string, userid: string, amountFen: number): Promise<void> {
  const consumer = await actors.consumer(key);
  const { items } = await consumer.mall.coupons();
  const coupon = items.find((one) => one.face.name === '初雪满减券' && one.state === 'AVAILABLE');
  if (!coupon) return;
  const guide = await actors.guide(userid);
  const { qrText } = await consumer.mall.showCoupon({ params: { id: coupon.id } });
  await guide.guide.redeemCoupon({ body: { code: qrText, amountFen }, idempotencyKey: `demo-redeem-${coupon.id}` });
}

async function dropIntoGroup(actors: Actors, userid: string): Promise<void> {
  const guide = await actors.guide(userid);
  const { items } = await guide.guide.couponBank({ query: {} });
  const sweater = items.find((one) => one.face.name === '毛衣内搭八八折');
  if (!sweater) return;
  const card = await guide.guide.dropCoupons({
    body: { templateId: sweater.templateId, count: 8, groupName: '雪岭会员福利群' },
  });
  await guide.guide.reportCouponSend({ params: { id: card.sendId }, body: { result: 'SENT' } });
}

async function giveOneAway(actors: Actors, key: string): Promise<void> {
  const api = await actors.consumer(key);
  const { items } = await api.mall.coupons();
  const coupon = items.find((one) => one.canGive);
  if (coupon) await api.mall.giveCoupon({ params: { id: coupon.id } });
}
