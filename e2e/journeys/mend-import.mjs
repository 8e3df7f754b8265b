// A list of old members with mistakes: what failed is downloaded with the reasons, mended in the file, and brought in after all.
import { readFileSync } from 'node:fs';
import { Console } from '../pages/console.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, textOf } from '../runner/expect.mjs';

export const title = 'Imports: rows with mistakes are downloaded, mended and brought in';

const WAIT = { timeout: 120_000 };
const salt = String(process.hrtime.bigint()).slice(-7);
const HEAD = '手机号,会员卡号,姓名,生日,积分';
const GOOD = [`1380${salt},MEND-${salt}-1,许安之,1988-03-02,120`, `1381${salt},MEND-${salt}-2,顾南枝,1992-11-30,0`];
const BAD = [`12345,MEND-${salt}-3,方知意,1990-01-01,30`, `1383${salt},MEND-${salt}-4,温如许,1990-13-41,60`];

const fileOf = (name, lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\r\n')}\r\n`) });

export async function run({ step, watch }, world) {
  const { page, errors } = await openWindow(world.browser, 'desktop');
  watch(page, 'console');
  const desk = new Console(page, world.server);
  await desk.login('hq', 'xueling-hq');
  await desk.at('figures').waitFor();
  const mended = await findMistakes({ step, desk, page });
  await bringMended({ step, desk, mended });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

const counter = (desk) => async (verdict) => {
  const value = desk.at(`import-count-${verdict}`).locator('.figure-value');
  return (await value.count()) === 0 ? 0 : Number((await textOf(value)).replace(/\D/g, ''));
};

async function upload(desk, name, lines) {
  await desk.at('import-file').setInputFiles(fileOf(name, lines));
  await desk.at('import-mapping').waitFor(WAIT);
  await desk.at('import-check').click();
  await desk.at('import-checked').waitFor(WAIT);
}

async function findMistakes({ step, desk, page }) {
  const count = counter(desk);
  await step('a file with two mistakes is tried: two rows are good, two are named with the reason', async () => {
    await desk.go('imports');
    await desk.at('import-new').click();
    await desk.at('import-kind-MEMBERS').click();
    await upload(desk, '老会员.csv', [HEAD, ...GOOD, ...BAD]);
    assert.deepEqual([await count('NEW'), await count('ERROR')], [2, 2]);
  });
  return step('the good rows are imported; the others are downloaded with what is wrong', async () => {
    await desk.at('import-run').click();
    await desk.at('import-undo').waitFor(WAIT);
    const [download] = await Promise.all([page.waitForEvent('download'), desk.at('import-download').click()]);
    const [head, ...rows] = readFileSync(await download.path(), 'utf8')
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n');
    assert.match(head, /^原行号,未导入原因,手机号/);
    assert.equal(rows.length, 2);
    assert.match(rows[0], /^4,.*手机号/);
    assert.match(rows[1], /^5,.*(生日|日期)/);
    // What somebody does in a spreadsheet: the two cells are put right, the first two columns stay.
    return [head, rows[0].replace(',12345,', `,1382${salt},`), rows[1].replace(',1990-13-41,', ',1990-12-31,')];
  });
}

async function bringMended({ step, desk, mended }) {
  const count = counter(desk);
  await step('the mended file is uploaded where the first one ended, and its rows are good now', async () => {
    await upload(desk, '老会员-改好.csv', mended);
    assert.deepEqual([await count('NEW'), await count('ERROR')], [2, 0]);
    await desk.at('import-run').click();
    await desk.at('import-finished').filter({ hasText: '全部导入了' }).waitFor(WAIT);
    assert.equal(await count('NEW'), 2);
  });
  await step('the wizard closes, and everybody of the file is a member now, found by name', async () => {
    await desk.page.keyboard.press('Escape');
    await desk.at('import-wizard').waitFor({ state: 'hidden' });
    await desk.go('members');
    for (const name of ['许安之', '温如许']) await desk.find(name, 'member-row');
  });
}
