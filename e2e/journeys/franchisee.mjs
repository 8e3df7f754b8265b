// A franchisee: own stores, own orders, every fen of a split, and a proof that needs no trust.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Console, sum } from '../pages/console.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, fenOf, textOf } from '../runner/expect.mjs';

export const title = 'Franchisee: own stores, the split, the proof';

const CLI = fileURLToPath(new URL('../../verifier/dist/cli.js', import.meta.url));

export async function run({ step, watch }, world) {
  const { page, errors } = await openWindow(world.browser, 'desktop', { acceptDownloads: true });
  watch(page, 'console');
  const desk = new Console(page, world.server);
  await comeIn({ step, desk });
  await seeOwnOnly({ step, desk, world });
  if (world.pickup) await followMoney({ step, desk, world });
  const folder = mkdtempSync(join(tmpdir(), 'shuke-proof-'));
  try {
    const proof = await takeProof({ step, desk, folder });
    const earlier = await takeEarlierProof({ step, desk, folder });
    await checkByCommand({ step, proof, folder });
    await checkByPage({ step, watch, world, proof, earlier });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

async function comeIn({ step, desk }) {
  await step('a wrong password is refused with words, the right one opens the desk', async () => {
    await desk.login('f01', 'not-the-password');
    await desk.at('login-error').filter({ hasText: /\S/ }).waitFor();
    await desk.at('login-password').fill('xueling-f01');
    await desk.at('login-submit').click();
    await desk.at('figures').waitFor();
  });
}

async function seeOwnOnly({ step, desk, world }) {
  await step('sees own stores only, and no desk of headquarters', async () => {
    await desk.go('stores');
    await desk.at('store-row').first().waitFor();
    const rows = await desk.at('store-row').allInnerTexts();
    assert.ok(rows.length > 0 && rows.length < 40, `${rows.length} stores`);
    assert.ok(rows.every((text) => text.includes('加盟') && text.includes('1600000001')));
    for (const section of ['rules', 'products', 'tasks', 'imports']) {
      assert.equal(await desk.at(`nav-${section}`).count(), 0, section);
    }
  });
  await step('orders are those of the own stores', async () => {
    await desk.go('stores');
    await desk.at('store-row').first().waitFor();
    const names = (await desk.at('store-row').locator('td:first-child').allInnerTexts()).map((name) =>
      name.split('\n')[0].trim(),
    );
    await desk.go('orders');
    await desk.at('order-row').first().waitFor();
    for (const row of await desk.at('order-row').allInnerTexts()) {
      assert.ok(
        names.some((name) => row.includes(name)),
        `an order of another store: ${row}`,
      );
    }
    if (world.pickup) await desk.find(world.pickup.orderNo, 'order-row');
  });
}

async function followMoney({ step, desk, world }) {
  await step("the split of the consumer's order adds up to the paid amount, fen by fen", async () => {
    await desk.at('order-row').filter({ hasText: world.pickup.orderNo }).first().click();
    await desk.at('order-drawer').waitFor();
    await desk.at('tab-split').click();
    const { parts, sumFen, netFen } = await desk.legs();
    assert.ok(parts.length >= 3, 'brand, guide and franchisee at least');
    assert.equal(sum(parts), world.pickup.totalFen);
    assert.equal(sumFen, world.pickup.totalFen);
    assert.equal(netFen, world.pickup.totalFen);
    await desk.at('sum-ok').waitFor();
    assert.ok((await textOf(desk.at('legs').last())).includes(world.guide.name), 'the guide has a part');
  });
  await step('every step of the computation is there', async () => {
    const steps = desk.at('entry').first().getByTestId('formula-step');
    assert.ok((await steps.count()) >= 4);
    const amounts = (await steps.allInnerTexts()).map(fenOf);
    assert.equal(amounts[0], sum(amounts.slice(1)), 'what was paid is what the parts are');
  });
}

async function takeProof({ step, desk, folder }) {
  return step('the statement of a day adds up, and its proof is downloaded', async () => {
    await desk.open('statements');
    await desk.at('statement-row').filter({ hasText: '待确认' }).first().click();
    await desk.at('statement-ok').waitFor();
    const lines = await desk.at('statement-line').all();
    assert.ok(lines.length > 0);
    const cells = await Promise.all(lines.map(async (line) => (await line.locator('td').allInnerTexts()).slice(5)));
    const fens = cells.map((row) => row.map((text) => (text.includes('¥') ? fenOf(text) : 0)));
    const total = await desk.at('totals').locator('td').allInnerTexts();
    const [paid, ...parts] = fens.reduce((all, row) => all.map((fen, at) => fen + row[at]), [0, 0, 0, 0, 0]);
    const isPlain = !cells.flat().some((text) => /[-−]/.test(text));
    if (isPlain) {
      assert.equal(fenOf(total.find((text) => text.includes('¥'))), paid, 'the totals row is the sum of the lines');
      assert.equal(paid, sum(parts), 'the parts of the day are the amount of the day');
    }
    return downloadProof(desk, folder);
  });
}

async function downloadProof(desk, folder) {
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.at('proof-download').click()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

async function takeEarlierProof({ step, desk, folder }) {
  return step('the proof of the day before is downloaded as well', async () => {
    await desk.open('statements');
    await desk.at('statement-row').filter({ hasText: '待确认' }).nth(1).click();
    await desk.at('statement-ok').waitFor();
    return downloadProof(desk, folder);
  });
}

const verify = (path) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, path], { encoding: 'utf8' });
  return { status, words: stdout + stderr };
};

/** Changes one digit inside a line of the proof; answers with the number of that line. */
function tamper(from, to) {
  const lines = readFileSync(from, 'utf8').split('\n');
  const at = lines.findIndex((line) => /"(?:amountFen|paidFen|fen)":\d/.test(line));
  assert.ok(at >= 0, 'the proof has a line with an amount');
  lines[at] = lines[at].replace(
    /("(?:amountFen|paidFen|fen)":)(\d)/,
    (_, name, digit) => name + ((Number(digit) % 9) + 1),
  );
  writeFileSync(to, lines.join('\n'));
  return at + 1;
}

async function checkByCommand({ step, proof, folder }) {
  await step('the command agrees with the proof', async () => {
    const { status, words } = verify(proof);
    assert.equal(status, 0, words);
  });
  await step('after one byte is changed the command names the row', async () => {
    const bent = join(folder, 'bent.jsonl');
    const line = tamper(proof, bent);
    const { status, words } = verify(bent);
    assert.equal(status, 1, words);
    assert.match(words, new RegExp(`第 ?${line} ?行`));
  });
}

async function checkByPage({ step, watch, world, proof, earlier }) {
  const { page } = await openWindow(world.browser, 'desktop');
  watch(page, 'verifier');
  const files = page.getByTestId('file-input');
  const verdicts = (word) => page.locator(`[data-testid="verdict"].${word}`);
  await step('the verifier page agrees with both days together, without a network', async () => {
    assert.notEqual(proof, earlier);
    await page.goto(`${world.server}/verifier/`);
    await page.context().setOffline(true);
    await files.setInputFiles([proof, earlier]);
    await verdicts('right').nth(1).waitFor();
    assert.equal(await verdicts('wrong').count(), 0);
  });
  await step('after one byte of a day is changed the page names its row, and that day alone', async () => {
    const bent = `${proof}.bent.jsonl`;
    const line = tamper(proof, bent);
    await files.setInputFiles([bent, earlier]);
    await verdicts('wrong').waitFor();
    const found = await page
      .getByTestId('finding')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-line')));
    assert.ok(found.includes(String(line)), `line ${line} among ${found}`);
    assert.equal(await verdicts('right').count(), 1, 'the other day still agrees');
  });
}
