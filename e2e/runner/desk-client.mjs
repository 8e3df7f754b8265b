// The control plane of the simulated outside world, and the little that journeys ask of it.
import { until } from './until.mjs';

const HOUR_MS = 3_600_000;
const SHANGHAI_MS = 8 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

export class DeskClient {
  constructor(origin) {
    this.origin = origin;
  }

  async #call(path, body) {
    const response = await fetch(`${this.origin}/${path}`, {
      ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async now() {
    const clock = await this.#call('control/clock');
    return clock.nowMs ?? clock.now;
  }

  /** Moves the clock on, and returns when server and worker go by the new time. */
  async advance(advanceMs) {
    await this.#call('control/clock', { advanceMs });
    await until('everybody follows the clock', 15_000, async () => {
      const { behind } = await this.#call('control/clock');
      return behind.length === 0;
    });
  }

  /** Shops are open and morning packs are there between 10:30 and 19:00; from any other hour the clock goes on to 10:30. */
  async goToShopHours() {
    const ofDay = ((await this.now()) + SHANGHAI_MS) % DAY_MS;
    const [opens, closes] = [10.5 * HOUR_MS, 19 * HOUR_MS];
    if (ofDay >= opens && ofDay < closes) return;
    await this.advance(ofDay < opens ? opens - ofDay : DAY_MS - ofDay + opens);
  }

  /** Today in Shanghai as the product sees it, or so many days later, as YYYY-MM-DD. */
  day = async (later) => new Date((await this.now()) + SHANGHAI_MS + later * DAY_MS).toISOString().slice(0, 10);

  /** Somebody new with a phone, whom the shop does not know yet. */
  addPerson = (consumer) => this.#call('control/desk/personas', { consumers: [consumer] });

  contactCodes = async () => (await this.#call('control/desk/codes')).codes;

  messages = async (userid, consumer) =>
    (await this.#call(`control/chat/messages?userid=${userid}&consumer=${consumer}`)).messages;

  /** Who is a WeCom friend of which guide, over the persons of the brand's own story. */
  async friendships() {
    const { consumers } = await this.#call('control/desk/personas');
    const persons = consumers.filter((one) => one.city && !one.key.startsWith('visitor-'));
    const pairs = [];
    for (const { key, nickname } of persons) {
      const { threads } = await this.#call(`desk/phone/${key}/home`);
      const guides = threads.filter((thread) => thread.kind === 'guide').map((thread) => thread.id);
      pairs.push(...guides.map((userid) => ({ personKey: key, nickname, userid })));
    }
    return pairs;
  }
}
