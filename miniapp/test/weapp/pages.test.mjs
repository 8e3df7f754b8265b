import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { boot, until } from './harness.mjs';

const app = boot({ query: { g: 'g7Kd2m', sendId: '88' } });
const asked = (method, path) => app.sent.filter((one) => one.method === method && one.path.startsWith(path));
// Timers of the pages (swiper, batches) would keep the process alive.
after(() => setTimeout(() => process.exit(), 50).unref());

describe('the built mini-program', () => {
  it('home names the store, why, the guide and what is new', async () => {
    const page = app.open('pages/home/index');
    await page.until(() => page.text().includes('云脊 轻暖鹅绒服'), 'products');
    assert.match(page.text(), /雪岭 杭州湖滨银泰店/);
    assert.match(page.text(), /营业中/);
    assert.match(page.text(), /你的专属导购沈知夏在这家店/);
    assert.match(page.text(), /沈知夏/);
    assert.deepEqual(asked('POST', '/login')[0].body, { code: 'wx-code', guideCode: 'g7Kd2m' });
    assert.equal(asked('GET', '/enter')[0].path, '/enter?guideCode=g7Kd2m');
    page.tap('.product-card');
    await page.until(() => app.calls.some((one) => one.args.url === '/pages/product/index?id=101'), 'the product page');
  });

  it('the opened share is reported with its send and guide', async () => {
    await until(() => asked('POST', '/events').length > 0, 'the event');
    const [event] = asked('POST', '/events')[0].body.events;
    assert.equal(event.type, 'SHARE_OPEN');
    assert.equal(event.sendId, '88');
    assert.equal(event.guideCode, 'g7Kd2m');
  });

  it('product shows price, stock and puts the chosen size into the cart', async () => {
    const page = app.open('pages/product/index', { id: '101' });
    await page.until(() => page.text().includes('160/M'), 'sizes');
    assert.match(page.text(), /¥1,299/);
    assert.match(page.text(), /吊牌价 ¥1,499/);
    page.tap('.size-chip', '160/M');
    await page.until(() => page.text().includes('仅剩 5 件'), 'the stock of shelf and seckill');
    page.tap('.btn', '加入购物车');
    await page.until(() => page.count('.sheet') === 1, 'the sheet');
    page.tap('.sheet-foot .btn', '加入购物车');
    await page.until(() => asked('POST', '/cart/lines').length === 1, 'the cart request');
    const [added] = asked('POST', '/cart/lines');
    assert.deepEqual(added.body, { storeId: '1', skuId: '10101', qty: 1 });
    assert.equal(added.header.authorization, 'Bearer fixture-token');
  });

  it('cart shows lines, changes and the total of this store', async () => {
    const page = app.open('pages/cart/index');
    await page.until(() => page.text().includes('结算 3 件'), 'the cart');
    assert.match(page.text(), /比加入时便宜了 ¥40/);
    assert.match(page.text(), /这家店暂时买不到/);
    assert.match(page.text(), /¥2,218/);
    page.tap('.btn', '结算');
    await page.until(() => app.calls.some((one) => one.args.url === '/pages/checkout/index?from=cart'), 'the checkout');
  });
});
