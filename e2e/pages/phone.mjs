// The phone: WeChat's own screens around the mini-program.
import { fenOf, textOf } from '../runner/expect.mjs';
import { Mall } from './mall.mjs';

export class Phone {
  constructor(page, deskOrigin) {
    this.page = page;
    this.origin = deskOrigin;
    this.mall = new Mall(page.frameLocator('[data-testid="miniapp-frame"]'), this);
  }

  at(id) {
    return this.page.getByTestId(id);
  }

  async open(personKey, path) {
    const more = path ? `&open=${encodeURIComponent(path)}` : '';
    await this.page.goto(`${this.origin}/phone?as=${encodeURIComponent(personKey)}${more}`);
    await this.at('phone').waitFor();
  }

  /** Scans what hangs in the shop, by the words beside the code. */
  async scan(words) {
    await this.at('bar-scan').click();
    await this.at('scan-code').filter({ hasText: words }).first().click();
  }

  /** Scans a code that is only known by its text, as the barcode of a hang tag. */
  async scanText(text) {
    await this.at('scan-input').fill(text);
    await this.at('scan-submit').click();
  }

  /** Meets a guide by the code in the shop and enters the guide's store from the welcome. */
  async enterBy(guide, personKey) {
    await this.open(personKey);
    await this.scan(`${guide.name} 的企业微信`);
    const { card } = await this.addGuideAndReadWelcome();
    await card.click();
    return this.mall.home();
  }

  /** Picks one of the person's places on WeChat's map. */
  async choosePlace(at) {
    await this.at('choose-location').waitFor();
    await this.at(`place-${at}`).click();
    await this.at('location-ok').click();
  }

  async addGuideAndReadWelcome() {
    await this.at('add-guide-button').click();
    await this.at('guide-message').click();
    const welcome = this.page.locator('[data-testid="message"][data-channel="welcome"]');
    await welcome.getByTestId('card').waitFor({ timeout: 30_000 });
    return { words: await textOf(welcome.first()), card: welcome.getByTestId('card') };
  }

  async openThread(userid) {
    await this.at(`thread-${userid}`).click();
  }

  lastCard() {
    return this.at('message').getByTestId('card').last();
  }

  /** Pays what the pay sheet asks for and returns the amount in fen. */
  async pay() {
    const sheet = this.at('sheet-pay');
    await sheet.waitFor({ timeout: 30_000 });
    const amountFen = fenOf(await textOf(sheet.getByTestId('pay-amount')));
    await this.at('pay-confirm').click();
    await this.at('pay-done').click({ timeout: 30_000 });
    return amountFen;
  }

  /** Answers a dialog of WeChat if it comes before `locator` shows. */
  async allowUntil(locator) {
    const dialog = this.at('location-allow').or(this.at('subscribe-allow')).or(this.at('phone-allow'));
    const found = await Promise.race([
      locator.waitFor({ timeout: 30_000 }).then(() => 'there'),
      dialog
        .first()
        .waitFor({ timeout: 30_000 })
        .then(() => 'dialog'),
    ]);
    if (found === 'there') return;
    await dialog.first().click();
    await locator.waitFor({ timeout: 30_000 });
  }
}
