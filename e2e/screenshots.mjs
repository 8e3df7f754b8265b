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

async function take(page, name, part = page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  const path = join(FOLDER, `${name}.png`);
  await part.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  console.log(`${name}.png ${Math.round(size / 1024)} KB`);
  if (size > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES} bytes`);
}

const frame = { viewport: { width: 560, height: 760 } };
const wide = { viewport: { width: 1280, height: 800 } };

async function phonePictures(browser, desk) {
  const { page, context } = await openWindow(browser, 'desktop', frame);
  const phone = new Phone(page, desk);
  const { mall } = phone;
  await phone.open(CONSUMER, 'pages/home/index');
  await phone.allowUntil(mall.all('product-card-').first());
  await take(page, 'mall', page.locator('.bezel'));
  await mall.all('product-card-').first().click();
  await mall.page('product');
  await mall.at('product-price').waitFor();
  await take(page, 'product', page.locator('.bezel'));
  await context.close();
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

async function consolePictures(browser, server, folder) {
  const { page, context } = await openWindow(browser, 'desktop', wide);
  const desk = new Console(page, server);
  await desk.login('hq', 'xueling-hq');
  await desk.at('figures').waitFor();
  await desk.openPaidOutSplit();
  await desk.at('legs').waitFor();
  await take(page, 'split');
  await desk.go('statements');
  const published = desk.at('statement-row').filter({ hasText: '待确认' });
  await published.first().click();
  await desk.at('statement-ok').waitFor();
  await take(page, 'statement');
  const [download] = await Promise.all([page.waitForEvent('download'), desk.at('proof-download').click()]);
  const proof = join(folder, download.suggestedFilename());
  await download.saveAs(proof);
  await verifierPicture(context, server, proof);
  await desk.go('invariants');
  await desk.at('invariant').first().waitFor();
  await take(page, 'invariants');
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
