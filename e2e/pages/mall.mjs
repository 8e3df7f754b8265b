// The mini-program inside the phone. Pages below the top one stay in the document, so only what shows is looked at.
import { assert, fenOf, textOf } from '../runner/expect.mjs';

export class Mall {
  constructor(frame, phone) {
    this.frame = frame;
    this.phone = phone;
  }

  /** What shows with this test id. */
  at(id) {
    return this.frame.locator(`[data-testid="${id}"]:visible`).last();
  }

  all(start) {
    return this.frame.locator(`[data-testid^="${start}"]:visible`);
  }

  page(name) {
    return this.at(`page-${name}`).waitFor({ timeout: 20_000 });
  }

  text = (id) => textOf(this.at(id));

  fen = async (id) => fenOf(await this.text(id));

  /** The tab bar belongs to the mini-program's own frame. */
  async tab(label) {
    await this.frame.locator('.weui-tabbar__item:visible').filter({ hasText: label }).click();
  }

  async fill(id, words) {
    const place = this.at(id);
    const inner = place.locator('input, textarea');
    await ((await inner.count()) > 0 ? inner.first() : place).fill(words);
  }

  async home() {
    await this.page('home');
    await this.at('store-name').waitFor({ timeout: 20_000 });
    return { store: await this.text('store-name'), reason: await this.text('store-reason') };
  }

  /** Takes the first size that is there of the colour that is chosen. */
  async chooseSize() {
    const sizes = this.at('sku-sheet').locator('[data-testid^="size-"]:not([data-testid="size-help"])');
    await sizes.first().waitFor();
    for (const size of await sizes.all()) {
      if ((await size.getAttribute('aria-disabled')) === 'true') continue;
      await size.click();
      const words = await this.text('sku-confirm');
      if (/去结算|加入购物车/.test(words)) return textOf(size);
    }
    throw new Error('no size of this colour is there');
  }

  /** From a list of products to the checkout with one piece of one of them. */
  async buyFirst(at = 0) {
    await this.all('product-card-').nth(at).click();
    await this.page('product');
    await this.at('buy-now').click();
    await this.chooseSize();
    await this.at('sku-confirm').click();
    await this.page('checkout');
  }

  /** The total to pay; the explained lines of the price must add up to it. */
  async checkoutFigures() {
    await this.page('checkout');
    await this.at('checkout-total').waitFor();
    const totalFen = await this.fen('checkout-total');
    const steps = await this.at('price-steps').locator('.price-step:not(.price-step-total) .price').allInnerTexts();
    const sumFen = steps.reduce((sum, text) => sum + (/[-−]/.test(text) ? -fenOf(text) : fenOf(text)), 0);
    assert.equal(sumFen, totalFen, `the lines ${steps.join(' ')} add up to the total`);
    return { totalFen };
  }

  async addAddress({ name, phone, region, detail }) {
    await this.at('new-address').click();
    await this.at('address-sheet').waitFor();
    await this.fill('address-name', name);
    await this.fill('address-phone', phone);
    await this.fill('address-region', region);
    await this.fill('address-detail', detail);
    await this.at('save-address').click();
  }
}
