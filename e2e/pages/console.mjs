// The console at a desk: navigation, lists, drawers.
import { fenOf, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export class Console {
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
  }

  at(id) {
    return this.page.getByTestId(id);
  }

  /** The field to type in, whether it carries the id itself or lies inside. */
  input(id) {
    return this.page.locator(`input[data-testid="${id}"], [data-testid="${id}"] input`).first();
  }

  async login(name, password) {
    await this.page.goto(`${this.origin}/console/`);
    await this.at('login-name').fill(name);
    await this.at('login-password').fill(password);
    await this.at('login-submit').click();
  }

  /** Goes there and waits until that page has taken the place of the one before. */
  async go(section) {
    const label = await textOf(this.at(`nav-${section}`));
    await this.at(`nav-${section}`).click();
    await this.page.getByRole('heading', { level: 1, name: label, exact: true }).waitFor();
  }

  open = (hash) => this.page.goto(`${this.origin}/console/#/${hash}`);

  /** Types into the search field of a list; the result shows the row. */
  async find(words, rowId) {
    const input = this.input('filter-q');
    await input.fill(words);
    await input.press('Enter');
    const row = this.at(rowId).filter({ hasText: words });
    await row.first().waitFor();
    return row.first();
  }

  /** Chooses an option of a drop-down by its words. */
  async choose(select, words) {
    await select.click();
    const input = select.locator('input');
    if ((await input.count()) > 0 && (await input.first().isEditable())) await input.first().fill(words);
    // The one list that is open: another may still be fading out, with options of its own.
    const list = this.page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden):not([class*="-leave"])')
      .last();
    await list.locator('.ant-select-item-option').filter({ hasText: words }).first().click();
  }

  /**
   * Opens the first finished split whose shares went out; one that was wholly refunded before has none. All stores are
   * looked through: the one that was chosen before may have no other.
   */
  async openPaidOutSplit() {
    await this.open('splits');
    await this.page.getByRole('heading', { level: 1, name: '分账', exact: true }).waitFor();
    await this.at('split-row').first().waitFor();
    await this.choose(this.at('filter-state'), '已分完');
    await until('finished splits only', 15_000, async () => {
      const rows = await this.at('split-row').allInnerTexts();
      return rows.length > 0 && rows.every((text) => text.includes('已分完'));
    });
    for (let at = 0; at < 20; at += 1) {
      await this.at('split-row').nth(at).click();
      await this.at('order-split').waitFor();
      if ((await this.at('receivers').count()) > 0) return;
      await this.page.goBack();
      await this.at('split-row').nth(at).waitFor();
    }
    throw new Error('no split has receivers');
  }

  /** The parts of a split as fen, and what they say they add up to. */
  async legs() {
    const table = this.at('legs').last();
    await table.waitFor();
    const parts = await Promise.all(
      (await table.locator('tbody tr').all()).map(async (row) => fenOf(await textOf(row))),
    );
    const [sumFen, netFen] = await Promise.all(
      [0, 1].map(async (at) => fenOf(await textOf(table.locator('tfoot tr').nth(at).locator('td').last()))),
    );
    return { parts, sumFen, netFen };
  }
}

export const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
