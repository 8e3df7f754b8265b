import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { template } from '../../src/modules/coupons/testing/template.js';
import { type E2e, openE2e } from '../harness/e2e.js';

jest.setTimeout(60_000);

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
});
afterAll(() => e2e.close());

describe('coupons over HTTP', () => {
  it('go from the desk to the consumer, to a friend and to the counter, and show up in the clearing', async () => {
    const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
    const draft = await hq.console.createCouponTemplate({ body: template() });
    expect(draft.status).toBe('DRAFT');
    expect(await hq.console.checkCouponTemplate({ body: template({ budgetFen: 1 }) })).toMatchObject({
      isPublishable: false,
    });
    const id = draft.id;
    await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
    const lin = await e2e.consumer('lin');
    const [shown] = await lin.api.mall.couponCentre({ query: {} });
    expect(shown).toMatchObject({ templateId: id, state: 'CAN_TAKE', face: { worth: '50', unit: '元' } });
    const coupon = await lin.api.mall.takeCoupon({ params: { id }, body: {} });
    expect((await lin.api.mall.coupons()).counts.usable).toBe(1);
    const gift = await lin.api.mall.giveCoupon({ params: { id: coupon.id } });
    const zhou = await e2e.consumer('zhou');
    expect((await zhou.api.mall.couponGift({ params: { token: gift.token } })).canAccept).toBe(true);
    const mine = await zhou.api.mall.acceptGift({ params: { token: gift.token } });
    const { qrText } = await zhou.api.mall.showCoupon({ params: { id: mine.id } });
    expect(qrText.length).toBeLessThan(160);
    const guide = await e2e.guide('north');
    const view = await guide.guide.lookUpCoupon({ body: { code: qrText, amountFen: 19_900 } });
    expect(view).toMatchObject({ isUsable: true, discountFen: 5000, payFen: 14_900 });
    const receipt = await guide.guide.redeemCoupon({
      body: { code: qrText, amountFen: 19_900, expectedDiscountFen: 5000 },
    });
    expect(receipt).toMatchObject({ state: 'DONE', storeName: '武林店' });
    expect((await guide.guide.redemptions()).items.map((one) => one.id)).toEqual([receipt.id]);
    const { history } = await zhou.api.mall.coupon({ params: { id: mine.id } });
    expect(history.map((step) => step.text)).toEqual([
      '在领券中心领取',
      '赠送给朋友，等待接收',
      '朋友接收了赠送',
      '到店核销，优惠 ¥50',
    ]);
    const matrix = await hq.console.clearingMatrix({ query: {} });
    expect(matrix).toMatchObject({ isBalanced: true, sumFen: 0, totalFen: 5000 });
    expect((await hq.console.clearingExport({ query: {} })).text).toContain('券核销');
    const own = await (await e2e.desk(`fa-${e2e.brandId}`, 'a-long-password')).console.clearingEntries();
    expect(own.items).toHaveLength(1);
    const foreign = await (await e2e.desk(`fb-${e2e.brandId}`, 'a-long-password')).console.clearingEntries();
    expect(foreign.items).toEqual([]);
    const detail = await hq.console.couponTemplate({ params: { id } });
    expect(detail).toMatchObject({ issuedCount: 1, usedCount: 1, spentFen: 5000, committedFen: 0 });
    expect((await hq.console.issuedCoupons({ query: { templateId: id } })).items[0]).toMatchObject({
      state: 'USED',
      usedStoreName: '武林店',
    });
  });

  it('are dropped into a group by a guide and taken from the card', async () => {
    const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
    const { id } = await hq.console.createCouponTemplate({ body: template({ name: '群券', guidePerDay: 12 }) });
    await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
    const guide = await e2e.guide('north');
    const { items } = await guide.guide.couponBank({ query: {} });
    expect(items.find((one) => one.templateId === id)?.leftText).toBe('今天还能发 12 张');
    const card = await guide.guide.dropCoupons({ body: { templateId: id, count: 1 } });
    await guide.guide.reportCouponSend({ params: { id: card.sendId }, body: { result: 'SENT' } });
    const lin = await e2e.consumer('lin');
    expect(await lin.api.mall.couponOffer({ params: { token: card.token } })).toMatchObject({
      state: 'CAN_TAKE',
      leftCount: 1,
    });
    await lin.api.mall.takeOffer({ params: { token: card.token } });
    expect(await lin.api.mall.couponOffer({ params: { token: card.token } })).toMatchObject({
      state: 'TAKEN',
      leftCount: 0,
    });
    expect((await guide.guide.couponSends()).items[0]).toMatchObject({ takenCount: 1, state: 'SENT' });
  });
});
