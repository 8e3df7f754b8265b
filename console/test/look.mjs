// Takes pictures of every screen against fixtures: node console/test/look.mjs <output folder> [name filter] [width]

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { answer } from './fixtures/answers.mjs';

const [out, only = '', width = '1440'] = process.argv.slice(2);
if (!out) throw new Error('Name a folder for the pictures.');
const dist = join(import.meta.dirname, '..', 'dist');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://x').pathname.replace(/^\/console\//, '/');
  try {
    const file = await readFile(join(dist, path === '/' ? 'index.html' : path));
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/html' }).end(file);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const click = (id) => (page) => page.getByTestId(id).first().click();
const SCREENS = [
  ['login', '/login', null],
  ['overview', '/'],
  ['overview-franchisee', '/', 'FRANCHISEE'],
  ['orders', '/orders'],
  ['order-drawer', '/orders?order=900010'],
  [
    'order-refund',
    '/orders?order=900010',
    'HQ',
    async (page) => {
      await page.getByRole('tab', { name: '退款' }).click();
      await page.getByText('按商品退').click();
      await page.getByTestId('refund-qty').nth(1).fill('1');
    },
  ],
  ['order-split-tab', '/orders?order=900010', 'HQ', click('tab-split')],
  ['splits', '/splits', 'HQ', (page) => page.locator('.ant-table-row-expand-icon').nth(2).click()],
  ['order-split', '/splits/900010'],
  ['rules', '/rules'],
  [
    'rule-editor',
    '/rules',
    'HQ',
    async (page) => {
      await click('rule-new')(page);
      await page.getByTestId('leg-percent').first().fill('27');
    },
  ],
  ['statements', '/statements'],
  ['statement', '/statements/501/2026-11-21'],
  ['invariants', '/invariants'],
  ['stores', '/stores'],
  ['store-drawer', '/stores', 'HQ', (page) => page.getByTestId('store-row').nth(1).click()],
  ['products', '/products'],
  ['product-drawer', '/products', 'HQ', (page) => page.getByTestId('product-row').first().click()],
  ['listings-empty', '/listings'],
  ['listings', '/listings?store=1002', 'HQ', (page) => page.locator('.ant-table-row-expand-icon').first().click()],
  [
    'price',
    '/listings?store=1002',
    'HQ',
    async (page) => {
      await page.locator('.ant-table-row-expand-icon').first().click();
      await click('sku-price')(page);
      await page.getByTestId('price-input').fill('1200');
    },
  ],
  ['guides', '/guides'],
  ['guide-qr', '/guides', 'HQ', click('guide-qr')],
  ['tasks', '/tasks'],
  ['task', '/tasks/601'],
  ['task-form', '/tasks', 'HQ', click('task-new')],
  ['imports', '/imports'],
  ['import-errors', '/imports', 'HQ', click('import-errors')],
  ['refused', '/rules', 'FRANCHISEE'],
  ['error', '/orders', 'BROKEN'],
];
for (const [name, path, role = 'HQ', act] of SCREENS.filter(([name]) => name.startsWith(only))) {
  const page = await browser.newPage({ viewport: { width: Number(width), height: 900 }, timezoneId: 'Asia/Shanghai' });
  page.on(
    'console',
    (line) => ['error', 'warning'].includes(line.type()) && console.log(name, line.text().slice(0, 300)),
  );
  page.on('pageerror', (error) => console.log(name, 'ERROR', error.message));
  await page.clock.setFixedTime(new Date('2026-11-22T06:03:00.000Z'));
  if (role) await page.addInitScript(() => localStorage.setItem('shuke.console.token', 't'));
  await page.route('**/api/c/**', (route) => {
    const request = route.request();
    const where = new URL(request.url()).pathname;
    const isBroken = role === 'BROKEN' && where === '/api/c/orders';
    const { status, body } = isBroken
      ? { status: 500, body: { code: 'INTERNAL', message: '服务开小差了，请稍后再试', traceId: '7f3a9c21e4' } }
      : answer(role === 'FRANCHISEE' ? 'FRANCHISEE' : 'HQ', request.method(), where, request.postDataJSON());
    return route.fulfill({ status, json: body });
  });
  await page.goto(`${origin}/console/#${path}`);
  await page.waitForTimeout(role === 'BROKEN' ? 2500 : 1100);
  try {
    await act?.(page);
  } catch (error) {
    console.log(name, 'ACT', error.message.split('\n')[0]);
  }
  if (act) await page.waitForTimeout(1300);
  await page.screenshot({ path: join(out, `${name}-${width}.png`) });
  await page.close();
}
await browser.close();
server.close();
