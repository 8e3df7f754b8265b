// A walk through all pages of the mini-program as members of the demo see them, at one width and in one look.
import { randomUUID } from 'node:crypto';

/** The member who has most, and two whose orders and cases are in other states. */
const MEMBER = 'lin';
const OTHERS = ['chen', 'xu'];
/** Somebody who has nothing yet, to see the empty lists. */
const NEW = 'chu';
const PATIENCE_MS = 12_000;
const MOST_HEIGHT = 3_000;
const HIDE_PHONE =
  '.mini-host{position:fixed!important;inset:0;padding:0!important;z-index:9} .mini-bar,.status,.home-bar{display:none!important}';

const fixed = [
  ['home', 'pages/home/index'],
  ['category', 'pages/category/index'],
  ['search', 'pages/search/index'],
  ['cart', 'pages/cart/index'],
  ['mine', 'pages/mine/index'],
  ['orders', 'pages/orders/index?tab=ALL'],
  ['orders-pay', 'pages/orders/index?tab=PENDING_PAY'],
  ['orders-ship', 'pages/orders/index?tab=TO_SHIP'],
  ['after-sales', 'pages/after-sales/index'],
  ['wallet', 'pages/wallet/index'],
  ['pay-code', 'pages/pay-code/index'],
  ['points', 'pages/points/index'],
  ['points-mall', 'pages/points-mall/index'],
  ['level', 'pages/level/index'],
  ['coupons', 'pages/coupons/index'],
  ['coupon-centre', 'pages/coupon-centre/index'],
  ['coupon-gift', 'pages/coupon-gift/index?token=abcdefghijklmnopqrstuv'],
  ['coupon-offer', 'pages/coupon-offer/index?token=abcdefghijklmnopqrstuv'],
  ['review-invite-none', 'pages/review-invite/index?t=abcdefghijklmnopqrstuvwxyz0123'],
  ['my-reviews', 'pages/my-reviews/index'],
  ['promotions', 'pages/promotions/index'],
  ['my-plays', 'pages/my-plays/index'],
  ['my-plays-bargain', 'pages/my-plays/index?tab=BARGAIN'],
  ['my-plays-presale', 'pages/my-plays/index?tab=PRESALE'],
  ['stores', 'pages/stores/index'],
  ['my-guide', 'pages/my-guide/index'],
  ['my-data', 'pages/my-data/index'],
  ['notices', 'pages/notices/index'],
  ['addresses', 'pages/addresses/index'],
  ['settings', 'pages/settings/index'],
  ['scan-and-go', 'pages/scan-and-go/index'],
];

/** Sheets and steps that open by a tap: the page they belong to, what is tapped, what must show then. */
const taps = [
  ['home-store-sheet', 'pages/home/index', ['store-bar'], 'store-sheet'],
  ['product-size', (found) => `pages/product/index?id=${found.productId}`, ['size-help'], 'size-sheet'],
  ['product-sku', (found) => `pages/product/index?id=${found.productId}`, ['buy-now'], 'sku-sheet'],
  ['wallet-top-up', 'pages/wallet/index', ['open-top-up'], 'top-up-sheet'],
  ['wallet-refund', 'pages/wallet/index', ['open-refund'], 'balance-refund-sheet'],
  ['coupon-sheet', 'pages/coupons/index', ['my-coupon'], 'coupon-sheet'],
  ['points-mall-mine', 'pages/points-mall/index', ['points-tab-MINE'], null],
  ['address-sheet', 'pages/addresses/index', ['new-address'], 'address-sheet'],
  ['search-results', 'pages/search/index', [], null, '羽绒'],
  ['search-none', 'pages/search/index', [], null, '雨伞'],
];

export class MallTour {
  constructor(browser, { server, desk, look, width }) {
    Object.assign(this, { browser, server, desk, look, width, errors: [] });
  }

  async #call(method, path, body) {
    const response = await fetch(`${this.server}/api/m${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const json = await response.json().catch(() => ({}));
    if (!response.ok) console.log(`  ${method} ${path}: ${response.status} ${json.code ?? ''} ${json.message ?? ''}`);
    return response.ok ? json : {};
  }

  async #open(person) {
    await this.context?.close();
    const { width, look } = this;
    this.context = await this.browser.newContext({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width, height: 812 },
      colorScheme: look === 'dark' ? 'dark' : 'light',
      hasTouch: true,
    });
    this.context.setDefaultTimeout(PATIENCE_MS);
    const big = JSON.stringify({ data: JSON.stringify({ isBig: look === 'big', theme: 'auto' }) });
    await this.context.addInitScript(
      ([key, value]) => localStorage.setItem(key, value),
      [`xueling:${person}:settings`, big],
    );
    this.page = await this.context.newPage();
    this.page.on('pageerror', (error) => this.errors.push(`ERROR ${error.message}`));
    await this.page.goto(`${this.desk}/phone?as=${person}&open=${encodeURIComponent('pages/home/index')}`);
    this.frame = await (await this.page.getByTestId('miniapp-frame').elementHandle()).contentFrame();
    const allow = this.page.getByTestId('location-allow');
    await allow
      .waitFor({ timeout: 6_000 })
      .then(() => allow.click())
      .catch(() => undefined);
    await this.page.addStyleTag({ content: HIDE_PHONE });
    // Later questions for the position lie behind the page now; the phone's owner says yes to all of them.
    await this.page.evaluate(() => {
      setInterval(() => document.querySelector('[data-testid="location-allow"]')?.click(), 300);
    });
    await this.#at('page-home').waitFor();
    await this.page.waitForTimeout(1_500);
    this.token = await this.frame.evaluate(
      (key) => JSON.parse(localStorage.getItem(key) ?? '{}').data,
      `xueling:${person}:token`,
    );
  }

  #at(id) {
    return this.frame.locator(`[data-testid="${id}"]:visible`).last();
  }

  async #settle() {
    // Without answers there is nothing to wait for: this look is about what shows meanwhile.
    if (this.look === 'slow') return this.page.waitForTimeout(400);
    await this.page.waitForTimeout(150);
    await this.frame
      .waitForFunction(() => !document.querySelector('.bone, .spinner'), null, { timeout: 6_000 })
      .catch(() => this.errors.push('STILL WAITING'));
    await this.page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
    await this.page.waitForTimeout(250);
  }

  async #go(path) {
    this.errors = [];
    await this.page.setViewportSize({ width: this.width, height: 812 });
    const hash = `#/${path}`;
    // A reload per page: what lies below on the stack would otherwise be looked at as well.
    await this.frame.evaluate((to) => {
      window.location.hash = to;
      window.location.reload();
    }, hash);
    await this.page.waitForTimeout(300);
    await this.frame.locator('[data-testid^="page-"]:visible').last().waitFor();
    await this.#settle();
  }

  async #shoot(file, isWhole) {
    if (isWhole) {
      const height = await this.frame.evaluate(() => {
        const pages = [...document.querySelectorAll('.page')].filter((one) => one.offsetHeight > 0);
        const bar = document.querySelector('.taro-tabbar__tabbar')?.offsetHeight ?? 0;
        return Math.max(0, ...pages.map((one) => one.scrollHeight)) + bar;
      });
      await this.page.setViewportSize({ width: this.width, height: Math.min(MOST_HEIGHT, Math.max(812, height)) });
      await this.page.waitForTimeout(300);
      await this.#settle();
    }
    await this.page.screenshot({ path: file, animations: 'disabled' });
  }

  #shown(name, isWhole = true) {
    const { errors, frame } = this;
    return { name, errors, frame, shoot: (file) => this.#shoot(file, isWhole) };
  }

  /** Things with an id that pages need, and a few that only somebody who plays has. */
  async #find() {
    const { items: stores = [] } = await this.#call('GET', '/stores?limit=5');
    const me = await this.#call('GET', '/me');
    const storeId = (await this.#call('GET', '/enter')).store?.id ?? stores[0]?.id;
    const { items: products = [] } = await this.#call('GET', `/products?storeId=${storeId}&inStockOnly=true&limit=40`);
    const productId = await this.#told(products);
    const { skus = [] } = await this.#call('GET', `/products/${productId}?storeId=${storeId}`);
    const sku = skus.find((one) => one.available > 1);
    const { items: orders = [] } = await this.#call('GET', '/orders?limit=20');
    const { items: cases = [] } = await this.#call('GET', '/after-sales?limit=20');
    const { items: plays = [] } = await this.#call('GET', `/promotions?storeId=${storeId}`);
    const { items: reviewable = [] } = await this.#call('GET', '/reviewable?limit=5');
    const cart = await this.#call('GET', `/cart?storeId=${storeId}`);
    const isEmpty = (cart.lines ?? []).length === 0;
    if (sku && isEmpty) await this.#call('POST', '/cart/lines', { storeId, skuId: sku.id, qty: 1 });
    await this.#order(storeId, sku, orders);
    return { storeId, productId, orders, cases, plays, reviewable, guide: me.guide };
  }

  /** The first product that somebody reviewed, else the first. */
  async #told(products) {
    for (const { id } of products) {
      const { summary } = await this.#call('GET', `/products/${id}/reviews?limit=1`);
      if (summary?.count > 0) return id;
    }
    return products[0]?.id;
  }

  /** An order that waits for its money, unless there is one. */
  async #order(storeId, sku, orders) {
    if (!sku || orders.some(({ state }) => state === 'PENDING_PAY')) return;
    const wish = { storeId, lines: [{ skuId: sku.id, qty: 1 }], fulfil: 'PICKUP' };
    const { totalFen } = await this.#call('POST', '/checkout/preview', wish);
    const made = await this.#call('POST', '/orders', { ...wish, expectedTotalFen: totalFen });
    if (made.id) orders.unshift(made);
  }

  #named(found) {
    const seen = new Set();
    const once = (list, word, path) =>
      list.flatMap((one) => {
        const name = `${word}-${one.state.toLowerCase()}${one.fulfil ? `-${one.fulfil.toLowerCase()}` : ''}`;
        if (seen.has(name)) return [];
        seen.add(name);
        return [[name, path(one)]];
      });
    const paid = found.orders.find(({ state }) => state !== 'PENDING_PAY' && state !== 'CLOSED');
    return [
      ['product', `pages/product/index?id=${found.productId}`],
      ['reviews', `pages/reviews/index?productId=${found.productId}`],
      ...found.plays.map(({ id, kind }) => [`promotion-${kind.toLowerCase()}`, `pages/promotion/index?id=${id}`]),
      ...once(found.orders, 'order', ({ id }) => `pages/order-detail/index?id=${id}`),
      ...once(found.orders, 'result', ({ id }) => `pages/pay-result/index?id=${id}`).slice(0, 3),
      ...once(found.cases, 'case', ({ id }) => `pages/after-sale-detail/index?id=${id}`),
      ...(paid ? [['after-sale', `pages/after-sale/index?orderId=${paid.id}`]] : []),
      ...(found.reviewable[0] ? [['review', `pages/review/index?orderId=${found.reviewable[0].orderId}`]] : []),
      ...(found.guide ? [['guide-card', `pages/guide-card/index?code=${found.guide.code}`]] : []),
    ];
  }

  async *#visit(list, prefix, wanted) {
    for (const [name, path] of list) {
      const full = `${prefix}${name}`;
      if (
        wanted.length > 0 &&
        !wanted.some((one) => full === one || (one.endsWith('*') && full.startsWith(one.slice(0, -1))))
      )
        continue;
      try {
        await this.#go(path);
        yield this.#shown(full);
      } catch (error) {
        console.log(`${full}: ${error.message.split('\n')[0]}`);
      }
    }
  }

  async *#steps(found, wanted) {
    for (const [name, path, ids, shows, words] of taps) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      try {
        await this.#go(typeof path === 'string' ? path : path(found));
        if (words) {
          await this.frame
            .locator('[data-testid="search-input"] input, input[data-testid="search-input"]')
            .last()
            .fill(words);
          await this.page.keyboard.press('Enter');
        }
        for (const id of ids) await this.#at(id).click();
        if (shows) await this.#at(shows).waitFor();
        await this.#settle();
        yield this.#shown(name, false);
      } catch (error) {
        console.log(`${name}: ${error.message.split('\n')[0]}`);
      }
    }
  }

  /** The checkout is only reached from the cart. */
  async *#checkout(wanted) {
    if (wanted.length > 0 && !wanted.includes('checkout')) return;
    try {
      await this.#go('pages/cart/index');
      await this.#at('checkout').click();
      await this.#at('page-checkout').waitFor();
      await this.#settle();
      yield this.#shown('checkout');
    } catch (error) {
      console.log(`checkout: ${error.message.split('\n')[0]}`);
    }
  }

  /** Every page in turn: its name, the errors it raised, its frame, and how to take its picture. */
  async *pages(wanted = []) {
    await this.#open(MEMBER);
    const found = await this.#find();
    if (this.look === 'slow') await this.context.route('**/api/**', () => undefined);
    if (this.look === 'weak') await this.context.route('**/api/**', (route) => route.abort('internetdisconnected'));
    yield* this.#visit([...fixed, ...this.#named(found)], '', wanted);
    if (this.look === 'weak' || this.look === 'slow') return this.context.close();
    yield* this.#steps(found, wanted);
    yield* this.#checkout(wanted);
    for (const other of OTHERS) {
      if (wanted.length > 0 && !wanted.some((name) => name.startsWith(`${other}-`))) continue;
      await this.#open(other);
      const theirs = this.#named(await this.#find()).filter(([name]) => /^(case|order|result)-/.test(name));
      yield* this.#visit(theirs, `${other}-`, wanted);
    }
    if (wanted.length > 0 && !wanted.some((name) => name.startsWith('new-'))) return;
    await this.#open(NEW);
    yield* this.#visit(fixed, 'new-', wanted);
    await this.context.close();
  }
}
