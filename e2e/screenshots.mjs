// Takes the README's pictures from a running copy: `E2E_BASE=7300 node e2e/screenshots.mjs`, into docs/images.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChatWindow } from './pages/chat-window.mjs';
import { Console } from './pages/console.mjs';
import { Phone } from './pages/phone.mjs';
import { launch, openWindow } from './runner/browser.mjs';
import { addresses } from './runner/product.mjs';

const FOLDER = fileURLToPath(new URL('../docs/images', import.meta.url));
const MOST_BYTES = 300 * 1024;
const CONSUMER = 'lin';
const GUIDE = 'G0001';

const frame = { viewport: { width: 560, height: 760 } };
const wide = { viewport: { width: 1280, height: 800 } };

async function take(page, name, part = page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  const path = join(FOLDER, `${name}.png`);
  await part.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  console.log(`${name}.png ${Math.round(size / 1024)} KB`);
  if (size > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES} bytes`);
}

async function onPhone(browser, desk, path, work) {
  const { page, context } = await openWindow(browser, 'desktop', frame);
  const phone = new Phone(page, desk);
  await phone.open(CONSUMER, path);
  const name = await work(phone, phone.mall);
  await take(page, name, page.locator('.bezel'));
  await context.close();
}

async function phonePictures(browser, desk) {
  await onPhone(browser, desk, 'pages/home/index', async (phone, mall) => {
    await phone.allowUntil(mall.all('product-card-').first());
    return 'mall';
  });
  await onPhone(browser, desk, 'pages/promotions/index', async (_, mall) => {
    await mall.at('campaign-SECKILL').waitFor();
    return 'promotions';
  });
  await onPhone(browser, desk, 'pages/wallet/index', async (_, mall) => {
    await mall.frame.getByText('明细').first().waitFor();
    return 'wallet';
  });
  await onPhone(browser, desk, 'pages/coupons/index', async (_, mall) => {
    await mall.frame.getByText('全场可用').first().waitFor();
    return 'coupons';
  });
}

async function chatPictures(browser, desk) {
  const { page, context } = await openWindow(browser, 'desktop', wide);
  const chat = new ChatWindow(page, desk);
  await chat.openChat(GUIDE, CONSUMER);
  await chat.sidebar.at('now-actions').or(chat.sidebar.at('tags')).first().waitFor();
  await take(page, 'sidebar');
  await chat.openWorkbench(GUIDE, 'today');
  await chat.workbench.at('pack-summary').waitFor();
  await take(page, 'workbench');
  await context.close();
}

async function verifierPicture(context, server, proof) {
  const page = await context.newPage();
  await page.goto(`${server}/verifier/`);
  await page.getByTestId('file-input').setInputFiles(proof);
  await page.getByTestId('verdict').waitFor();
  await take(page, 'verifier');
}

/** Downloads the proof of a statement, which the verifier then recomputes. */
async function proofOf(page, desk, folder) {
  await desk.go('statements');
  await desk.at('statement-row').filter({ hasText: '待确认' }).first().click();
  await desk.at('statement-ok').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), desk.at('proof-download').click()]);
  const proof = join(folder, download.suggestedFilename());
  await download.saveAs(proof);
  return proof;
}

async function consolePictures(browser, server, folder) {
  const { page, context } = await openWindow(browser, 'desktop', wide);
  const desk = new Console(page, server);
  await desk.login('hq', 'xueling-hq');
  await desk.at('figures').waitFor();
  // The charts' drawing code is fetched when the first one is shown.
  await page.locator('[role="img"] svg').nth(1).waitFor();
  await take(page, 'overview');
  await desk.go('promotions');
  await desk.at('promotion-row').first().waitFor();
  await take(page, 'campaigns');
  await desk.open('members?tab=queue');
  await desk.at('candidate-row').first().locator('td').first().click();
  await desk.at('merge-effect').first().waitFor();
  await take(page, 'merge');
  await desk.open('imports');
  await page.getByText('老会员名单.csv').first().waitFor();
  await take(page, 'imports');
  await desk.open('');
  await desk.openPaidOutSplit();
  await desk.at('legs').waitFor();
  await take(page, 'split');
  await verifierPicture(context, server, await proofOf(page, desk, folder));
  await context.close();
}

const { server, desk } = addresses(Number(process.env.E2E_BASE ?? 7300));
const folder = mkdtempSync(join(tmpdir(), 'shuke-pictures-'));
mkdirSync(FOLDER, { recursive: true });
const browser = await launch();
try {
  await phonePictures(browser, desk);
  await chatPictures(browser, desk);
  await consolePictures(browser, server, folder);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
