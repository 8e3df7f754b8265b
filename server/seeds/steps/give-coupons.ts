import { DEMO_COUPONS, demoTemplate } from '../demo/coupons.js';
import { type Actors, refusalText } from './actors.js';
import { PERSONAS } from './personas.js';
import { asStep, mapAtMost, type SeedContext } from './seed-context.js';

const AT_ONCE = 4;
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
      await api.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
    }
    context.say(`${DEMO_COUPONS.length} coupon templates`);
  });

/** People take coupons, a guide gives some away, a few are used at counters, one is on its way to a friend. */
export const handOutCoupons = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'coupons in hands', async () => {
    await mapAtMost(AT_ONCE, PERSONAS, ({ key }) => quietly(context, key, () => takeSome(actors, key)));
    const guides = [...new Set(PERSONAS.flatMap((persona) => persona.guides))];
    const givers = PERSONAS.slice(0, BILLS.length);
    for (const [at, persona] of givers.entries())
      await quietly(context, persona.key, () =>
        useAtCounter(actors, persona.key, guides[at % guides.length] ?? '', BILLS[at] ?? 0),
      );
    for (const userid of guides.slice(0, 2)) await quietly(context, userid, () => dropIntoGroup(actors, userid));
    const last = PERSONAS.at(-1);
    if (last) await quietly(context, last.key, () => giveOneAway(actors, last.key));
  });

async function quietly(context: SeedContext, who: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error) => context.say(`coupons of ${who}: ${refusalText(error)}`));
}

async function takeSome(actors: Actors, key: string): Promise<void> {
  const api = await actors.consumer(key);
  const centre = await api.mall.couponCentre({ query: {} });
  for (const { templateId, face, state } of centre)
    if (state === 'CAN_TAKE' && TAKEN.includes(face.name))
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
