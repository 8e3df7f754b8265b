// The office of headquarters and of a franchisee: an Excel list of old members, a disputed statement, a till, a guide's phone.
import { generateKeyPairSync } from 'node:crypto';
import { Console } from '../pages/console.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, textOf } from '../runner/expect.mjs';
import { workbook } from '../runner/workbook.mjs';

const WAIT = { timeout: 120_000 };
/** Another number in every run, so that the people are new. */
const salt = String(process.hrtime.bigint()).slice(-7);
const MEMBERS = [
  ['会员手机号', '会员卡号', '会员姓名', '生日', '备注'],
  [Number(`1390${salt}`), `XLS-${salt}-1`, '沈知微', new Date(Date.UTC(1990, 4, 20)), '老客'],
  [Number(`1391${salt}`), `XLS-${salt}-2`, '顾<清>和', null, null],
  [12345, `XLS-${salt}-3`, '号码不对', null, null],
];

export const title = 'Office: an Excel list, a disputed statement, a till, a lost phone';

export async function run({ step, watch }, world) {
  const open = async (login) => {
    const { page, errors } = await openWindow(world.browser, 'desktop');
    watch(page, login);
    const desk = new Console(page, world.server);
    await desk.login(login, `xueling-${login}`);
    await desk.at('figures').first().waitFor();
    return { desk, page, errors };
  };
  const [hq, own] = [await open('hq'), await open('f01')];
  await bringMembers({ step, ...hq });
  await argue({ step, hq: hq.desk, own: own.desk });
  await runTill({ step, desk: hq.desk });
  await reconcile({ step, hq: hq.desk, own: own.desk });
  await logGuideOut({ step, desk: hq.desk });
  await step('no page failed on the way', async () => assert.deepEqual([...hq.errors, ...own.errors], []));
}

async function bringMembers({ step, desk, page }) {
  const count = async (verdict) =>
    Number((await textOf(desk.at(`import-count-${verdict}`).locator('.figure-value'))).replace(/\D/g, ''));
  await step('an Excel file of old members is read, its columns found, its bad row named', async () => {
    await desk.go('imports');
    await desk.at('import-new').click();
    await desk.at('import-kind-MEMBERS').click();
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await desk.at('import-file').setInputFiles({ name: '老会员.xlsx', mimeType, buffer: workbook(MEMBERS) });
    await desk.at('import-mapping').waitFor(WAIT);
    const words = await textOf(desk.at('import-mapping'));
    assert.ok(words.includes('1990-05-20'), `the day is a day: ${words}`);
    assert.ok(words.includes('顾<清>和') || words.includes('沈知微'), words);
    await desk.at('import-check').click();
    await desk.at('import-checked').waitFor(WAIT);
    assert.deepEqual([await count('NEW'), await count('ERROR')], [2, 1]);
  });
  await step('it is imported, and taken back', async () => {
    await desk.at('import-run').click();
    await desk.at('import-undo').waitFor(WAIT);
    assert.equal(await count('NEW'), 2);
    await desk.at('import-undo').click();
    await page.locator('.ant-popconfirm-buttons .ant-btn').last().click();
    await desk.at('import-finished').filter({ hasText: '已撤销' }).waitFor(WAIT);
  });
}

async function argue({ step, hq, own }) {
  let path = '';
  await step('a franchisee disputes a statement and says why', async () => {
    await own.go('statements');
    const row = own.at('statement-row').filter({ hasText: '待确认' }).last();
    await row.click();
    await own.at('statement-ok').waitFor();
    path = new URL(own.page.url()).hash.slice(2);
    await own.at('statement-dispute').click();
    await own.at('dispute-line').first().check();
    await own.at('dispute-note').fill('这笔的手续费想再核一下');
    await own.at('form-submit').click();
    await own.at('dispute').filter({ hasText: '待总部答复' }).waitFor();
  });
  await step('headquarters finds the line and answers; the franchisee reads the answer and confirms', async () => {
    await hq.open(path);
    await hq.at('line-answer').click();
    await hq.at('line-answer-reason').fill('费率 0.6%，逐笔四舍五入到分');
    await hq.at('line-answer-confirm').click();
    await hq.at('dispute').filter({ hasText: '总部已答复' }).waitFor();
    assert.equal(await hq.at('statement-confirm').count(), 0, 'headquarters does not confirm for others');
    await own.page.reload();
    await own.at('dispute').filter({ hasText: '费率 0.6%' }).waitFor();
    await own.at('statement-confirm').click();
    await own.at('statement-confirm-confirm').click();
    await own.at('statement-history').filter({ hasText: '确认无误' }).waitFor();
    await own.at('statement-withdraw').waitFor();
  });
}

async function runTill({ step, desk }) {
  const deviceNo = `OFFICE-${salt}`;
  const key = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x;
  await step('headquarters registers a till, and stops it', async () => {
    await desk.go('tills');
    await desk.at('till-figures').waitFor();
    await desk.at('till-new').click();
    await desk.choose(desk.at('till-connector'), '');
    await desk.choose(desk.at('till-store'), '');
    await desk.at('till-name').fill('一楼 1 号台');
    await desk.at('till-no').fill(deviceNo);
    await desk.at('till-key').fill(key);
    await desk.at('form-submit').click();
    const row = desk.at('till-row').filter({ hasText: deviceNo });
    await row.waitFor();
    await row.click();
    await desk.at('till-stop').click();
    await desk.at('till-stop-confirm').click();
    await desk.at('till').filter({ hasText: '已停用' }).waitFor();
    await desk.page.keyboard.press('Escape');
  });
}

async function reconcile({ step, hq, own }) {
  await step('the desk of bill differences opens for both, the days of bills for headquarters alone', async () => {
    await hq.go('bills');
    await hq.at('bills-tab').getByText('每天的账单').click();
    await hq.page.getByRole('columnheader', { name: '账单日' }).waitFor();
    await own.go('bills');
    await own.page.getByRole('columnheader', { name: '微信账单' }).waitFor();
    assert.equal(await own.at('bills-tab').count(), 0);
  });
}

async function logGuideOut({ step, desk }) {
  await step('a guide whose phone is lost is logged out', async () => {
    await desk.go('guides');
    await desk.at('guide-row').last().click();
    await desk.at('guide-end-sessions').click();
    await desk.at('guide-end-sessions-confirm').click();
    await desk.at('guide-end-sessions').getByText('已下线').waitFor();
  });
}
