// What journeys prepare behind the scenes: shelves that are read, counted or emptied, and promotions that begin at a set time.
import { randomUUID } from 'node:crypto';

const HOUR_MS = 3_600_000;

export class BackOffice {
  #token = '';

  constructor(server) {
    this.server = server;
  }

  async #call(method, path, body) {
    const response = await fetch(`${this.server}/api${path}`, {
      method,
      headers: {
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const error = new Error(`${method} ${path}: ${response.status} ${answer.message}`);
    throw Object.assign(error, { code: answer.code, detail: answer.detail });
  }

  async logIn() {
    const { token } = await this.#call('POST', '/c/login', { login: 'hq', password: 'xueling-hq' });
    this.#token = token;
  }

  async storeId(name) {
    const { items } = await this.#call('GET', '/m/stores?limit=50');
    return items.find((one) => one.name.replace(/\s/g, '').includes(name)).id;
  }

  /** Products of a store with their SKUs, those with the most of some SKU first. */
  async shelf(storeId, count = 12) {
    const { items } = await this.#call('GET', `/m/products?storeId=${storeId}&inStockOnly=true&limit=${count}`);
    const products = await Promise.all(
      items.map(({ id }) => this.#call('GET', `/m/products/${id}?storeId=${storeId}`)),
    );
    const most = ({ skus }) => Math.max(...skus.map((sku) => sku.available));
    return products.sort((a, b) => most(b) - most(a));
  }

  count = (storeId, skuId, onHand) =>
    this.#call('PUT', `/c/stores/${storeId}/stock/${skuId}`, { onHand, reason: '盘点' });

  /** Leaves no piece that could be sold; what orders have reserved stays on the shelf. */
  sellOut = (storeId, skuId) =>
    this.count(storeId, skuId, 0).catch((error) => {
      if (error.code !== 'COUNT_BELOW_RESERVED') throw error;
      return this.count(storeId, skuId, error.detail.reserved);
    });

  /** A presale whose tail can be paid between two hours from `nowMs`. */
  async presale({ name, nowMs, item, tail: [from, until], forfeits }) {
    const at = (hours) => new Date(nowMs + hours * HOUR_MS).toISOString();
    const terms = {
      mode: 'DEPOSIT',
      items: [item],
      tailFrom: at(from),
      tailUntil: at(until),
      shipBy: at(96),
      forfeits,
    };
    const body = { kind: 'PRESALE', name, startsAt: at(-1), endsAt: at(from - 0.1), terms };
    const { id } = await this.#call('POST', '/c/promotions', body);
    await this.#call('POST', `/c/promotions/${id}/what-if`, { days: 7 });
    await this.#call('POST', `/c/promotions/${id}/publish`, { acceptsBelowFloor: true, reason: '预售试卖' });
    return id;
  }
}
