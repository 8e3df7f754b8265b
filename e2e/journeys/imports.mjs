// Headquarters brings a till's history in by the wizard, sees its golden counts and a customer's purchases, and takes it back.
// With UCI_WHOLE=1 it is the whole file of half a million lines, where it is there; else the shipped sample.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Console } from '../pages/console.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, textOf } from '../runner/expect.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Rows and refused rows are counted from the text by another program; see the import's own test. */
const SAMPLE = {
  path: at('../../server/seeds/demo/pos-sample/online-retail-sample.csv.gz'),
  name: '收银历史.csv',
  pack: (text) => Buffer.from(text),
  rows: 22_636,
  refused: 9,
};
const WHOLE = {
  path: at('../../../shared/data/retail-uci/online_retail_2010_2011.csv.gz'),
  name: '收银历史.csv.gz',
  pack: (text) => gzipSync(text),
  rows: 541_909,
  refused: 1339,
};
const FILE = process.env.UCI_WHOLE === '1' && existsSync(WHOLE.path) ? WHOLE : SAMPLE;
const WAIT = { timeout: FILE === WHOLE ? 900_000 : 120_000 };

export const title = 'Imports: a file is mapped, tried, imported, looked at and taken back';

/** The demonstration has this history already: other numbers make it other sales of the same people. */
const renumbered = () =>
  FILE.pack(
    gunzipSync(readFileSync(FILE.path))
      .toString('utf8')
      .split('\n')
      .map((line, row) => (row === 0 || line === '' ? line : `W${line}`))
      .join('\n'),
  );

export async function run({ step, watch }, world) {
  const { page, errors } = await openWindow(world.browser, 'desktop');
  watch(page, 'console');
  const desk = new Console(page, world.server);
  const count = async (verdict) =>
    Number((await textOf(desk.at(`import-count-${verdict}`).locator('.figure-value'))).replace(/\D/g, ''));
  await step('chooses the kind and uploads the file', async () => {
    await desk.login('hq', 'xueling-hq');
    await desk.go('imports');
    await desk.at('import-new').click();
    await desk.at('import-kind-ORDERS').click();
    await desk.at('import-file').setInputFiles({ name: FILE.name, mimeType: 'text/csv', buffer: renumbered() });
    await desk.at('import-mapping').waitFor(WAIT);
  });
  await step('finds the columns mapped, and tries the file without writing', async () => {
    await desk.at('import-prefix').fill('UCI-');
    await desk.at('import-check').click();
    await desk.at('import-checked').waitFor(WAIT);
    assert.equal(await count('NEW'), FILE.rows - FILE.refused);
    assert.equal(await count('ERROR'), FILE.refused);
    assert.equal(await count('CONFLICT'), 0);
  });
  await step('imports it to the same counts and can download the rows that failed', async () => {
    await desk.at('import-run').click();
    await desk.at('import-undo').waitFor(WAIT);
    assert.equal(await count('NEW'), FILE.rows - FILE.refused);
    const [download] = await Promise.all([page.waitForEvent('download'), desk.at('import-download').click()]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    assert.equal(lines.length, FILE.refused + 1);
    assert.match(lines[0], /原行号,未导入原因,invoice_no/);
  });
  await step('takes the import back', async () => {
    await desk.at('import-undo').click();
    await page
      .locator('.ant-popconfirm-buttons .ant-btn-primary, .ant-popconfirm-buttons .ant-btn-dangerous')
      .last()
      .click();
    await desk.at('import-finished').filter({ hasText: '已撤销' }).waitFor(WAIT);
  });
  assert.deepEqual(errors, []);
}
