// A walk through all pages of the mini-program as members of the demo see them, at one width and in one look.
import { randomUUID } from 'node:crypto';
import { FIXED, pagesOf, TAPS } from './mall-pages.mjs';

/** The member who has most, and two whose orders and cases are in other states. */
const MEMBER = 'lin';
const OTHERS = ['chen', 'xu'];
/** Somebody who has nothing yet, to see the empty lists. */
const NEW = 'chu';
const PATIENCE_MS = 12_000;
const MOST_HEIGHT = 3_000;
const HIDE_PHONE =
  '.mini-host{position:fixed!important;inset:0;padding:0!important;z-index:9} .mini-bar,.status,.home-bar{display:none!important}';

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
    for (const [name, path, ids, shows, words] of TAPS) {
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
    yield* this.#visit([...FIXED, ...pagesOf(found)], '', wanted);
    if (this.look === 'weak' || this.look === 'slow') return this.context.close();
    yield* this.#steps(found, wanted);
    yield* this.#checkout(wanted);
    for (const other of OTHERS) {
      if (wanted.length > 0 && !wanted.some((name) => name.startsWith(`${other}-`))) continue;
      await this.#open(other);
      const theirs = pagesOf(await this.#find()).filter(([name]) => /^(case|order|result)-/.test(name));
      yield* this.#visit(theirs, `${other}-`, wanted);
    }
    if (wanted.length > 0 && !wanted.some((name) => name.startsWith('new-'))) return;
    await this.#open(NEW);
    yield* this.#visit(FIXED, 'new-', wanted);
    await this.context.close();
  }
}
