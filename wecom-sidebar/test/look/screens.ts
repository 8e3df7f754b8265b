/** Draws every screen with fixture answers in Chromium: `npm run build`, bundle this file, then run it with an output folder. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { answerFor, answers, type Handler, Refusal } from '../fixtures/answers';
import { NOW, newContact, othersContact } from '../fixtures/people';
import { picture } from '../fixtures/pictures';
import { counterShots } from './counter-shots';
import { type Shot, tap } from './shot';

const [, , out = 'shots', dist = 'dist', only = ''] = process.argv;
const ORIGIN = 'http://127.0.0.1:27321';
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

async function open(context: BrowserContext, shot: Shot): Promise<Page> {
  await context.addInitScript(
    ({ entry, contactId, type, outside, bridge }) => {
      if (type) localStorage.setItem('shuke.type-size', JSON.stringify(type));
      if (outside) return;
      const said: Record<string, object> = {
        getContext: { err_msg: 'getContext:ok', entry },
        getCurExternalContact: { err_msg: 'getCurExternalContact:ok', userId: contactId },
      };
      (window as unknown as Record<string, unknown>).WeixinJSBridge = {
        on() {},
        invoke(name: string, _: object, done: (answer: object) => void) {
          const answer = bridge[name] ? { err_msg: bridge[name] } : (said[name] ?? { err_msg: `${name}:ok` });
          setTimeout(() => done({ ...answer }), 5);
        },
      };
    },
    {
      entry: shot.entry ?? 'single_chat_tools',
      contactId: shot.contactId ?? 'wmChenYu0000001',
      type: shot.type,
      outside: shot.outside,
      bridge: shot.bridge ?? {},
    },
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log(`[${shot.name}]`, error.message));
  page.on('console', (line) => line.type() === 'error' && console.log(`[${shot.name}]`, line.text()));
  await page.clock.setFixedTime(NOW);
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith('/files/')) return route.fulfill({ contentType: 'image/svg+xml', body: picture(pathname) });
    if (pathname.startsWith('/api/')) {
      const sent = route.request().postData();
      const table = { ...shot.table, ...answers, ...shot.table };
      const answer = answerFor(route.request().method(), route.request().url(), sent ? JSON.parse(sent) : {}, table);
      return answer.body === 'HANG' ? undefined : route.fulfill({ status: answer.status, json: answer.body });
    }
    const file = pathname === '/sidebar/' ? 'index.html' : pathname.replace('/sidebar/', '');
    return route.fulfill({ contentType: TYPES[extname(file)] ?? 'text/plain', body: readFileSync(join(dist, file)) });
  });
  await page.goto(`${ORIGIN}/sidebar/${shot.outside ? '' : '?code=c&state=st1'}#${shot.path}`);
  await page.waitForTimeout(500);
  await shot.act?.(page);
  await page.waitForTimeout(450);
  return page;
}

const problem: Handler = () => new Refusal(500, 'INTERNAL', '服务开小差了，请稍后再试', 'tr-8c41d0');
const shots: Shot[] = [
  { name: 'chat-360', path: '/', width: 360 },
  { name: 'chat-380', path: '/', width: 380, act: tap('now-action-button') },
  { name: 'chat-420', path: '/', width: 420, full: true },
  { name: 'chat-dark', path: '/', scheme: 'dark', act: tap('now-action-button') },
  { name: 'chat-huge', path: '/', width: 360, type: 'huge' },
  { name: 'chat-others', path: '/', contactId: othersContact.externalUserId },
  { name: 'chat-new', path: '/', width: 360, contactId: newContact.externalUserId, act: tap('now-action-button') },
  { name: 'chat-tag-sheet', path: '/', act: async (page) => page.locator('.tag').nth(2).click() },
  {
    name: 'chat-tag-picker',
    path: '/',
    act: async (page) => {
      await tap('tag-add')(page);
      await page.waitForTimeout(400);
      await page.getByTestId('tag-option').nth(1).click();
    },
  },
  { name: 'chat-orders', path: '/', width: 360, full: true, act: tap('tab-orders') },
  { name: 'chat-trail', path: '/', width: 360, full: true, act: tap('tab-trail') },
  {
    name: 'chat-material',
    path: '/',
    full: true,
    act: async (page) => {
      await tap('tab-material')(page);
      await page.waitForTimeout(200);
      await tap('material-pick')(page);
    },
  },
  { name: 'chat-tasks', path: '/', full: true, act: tap('tab-tasks') },
  { name: 'chat-error', path: '/', table: { 'GET /api/g/contacts/:x': problem } },
  { name: 'chat-loading', path: '/', table: { 'GET /api/g/contacts/:x': () => 'HANG' } },
  { name: 'chat-permission', path: '/', bridge: { getCurExternalContact: 'getCurExternalContact:fail no permission' } },
  { name: 'today-360', path: '/today', width: 360, entry: 'normal', full: true },
  { name: 'today-420', path: '/today', width: 420, entry: 'normal', full: true },
  { name: 'today-dark', path: '/today', entry: 'normal', scheme: 'dark' },
  { name: 'today-huge', path: '/today', width: 360, entry: 'normal', type: 'huge', full: true },
  { name: 'today-skip', path: '/today', entry: 'normal', act: tap('next-skip') },
  { name: 'customers', path: '/customers', width: 360, entry: 'normal' },
  { name: 'customer-page', path: '/customers/wmChenYu0000001', entry: 'normal' },
  { name: 'orders-ship', path: '/orders', width: 360, entry: 'normal' },
  { name: 'orders-ship-sheet', path: '/orders', width: 360, entry: 'normal', act: tap('ship-open') },
  { name: 'orders-pickup', path: '/orders', entry: 'normal', act: tap('orders-TO_PICKUP') },
  {
    name: 'orders-found',
    path: '/orders',
    entry: 'normal',
    act: async (page) => {
      await tap('orders-TO_PICKUP')(page);
      await page.getByTestId('pickup-code').fill('20481635');
      await tap('pickup-find')(page);
    },
  },
  {
    name: 'orders-receipt',
    path: '/orders',
    entry: 'normal',
    act: async (page) => {
      await tap('orders-TO_PICKUP')(page);
      await page.getByTestId('pickup-code').fill('20481635');
      await tap('pickup-find')(page);
      await tap('pickup-verify')(page);
    },
  },
  {
    name: 'earnings',
    path: '/earnings',
    width: 360,
    entry: 'normal',
    act: async (page) => page.getByTestId('earning-row').first().getByRole('button').click(),
  },
  { name: 'coupons-360', path: '/', width: 360, full: true, act: tap('tab-coupons') },
  {
    name: 'coupons-dark',
    path: '/',
    width: 420,
    scheme: 'dark',
    full: true,
    act: async (page) => {
      await tap('tab-coupons')(page);
      await page.waitForTimeout(300);
      await tap('coupon-pick')(page);
    },
  },
  { name: 'cases-360', path: '/after-sales', width: 360, entry: 'normal', full: true },
  { name: 'cases-dark', path: '/after-sales', width: 420, entry: 'normal', scheme: 'dark', full: true },
  { name: 'case-360', path: '/after-sales/71', width: 360, entry: 'normal', full: true },
  { name: 'case-dark', path: '/after-sales/71', width: 420, entry: 'normal', scheme: 'dark' },
  { name: 'case-refuse', path: '/after-sales/71', width: 360, entry: 'normal', act: tap('case-refuse') },
  { name: 'reviews-360', path: '/reviews', width: 360, entry: 'normal', full: true },
  { name: 'reviews-dark', path: '/reviews', width: 420, entry: 'normal', scheme: 'dark', full: true },
  { name: 'reviews-call', path: '/reviews', width: 360, entry: 'normal', act: tap('ticket-call-back') },
  { name: 'reviews-all', path: '/reviews', width: 420, entry: 'normal', full: true, act: tap('reviews-ALL') },
  { name: 'orders-dark', path: '/orders', width: 420, entry: 'normal', scheme: 'dark', full: true },
  {
    name: 'orders-receiver',
    path: '/orders',
    width: 360,
    entry: 'normal',
    full: true,
    act: tap('receiver-show'),
  },
  {
    name: 'orders-courier',
    path: '/orders',
    width: 360,
    entry: 'normal',
    act: async (page) => page.getByTestId('ship-open').nth(1).click(),
  },
  { name: 'me', path: '/me', entry: 'normal', full: true },
  { name: 'me-dark', path: '/me', entry: 'normal', scheme: 'dark', full: true },
  { name: 'outside', path: '/', outside: true },
  ...counterShots,
];

await mkdir(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
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
for (const shot of shots.filter((one) => one.name.includes(only))) {
  const context = await browser.newContext({
    viewport: { width: shot.width ?? 380, height: 760 },
    deviceScaleFactor: 1.5,
    locale: 'zh-CN',
    colorScheme: shot.scheme ?? 'light',
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/108.0.0.0${shot.outside ? '' : ' wxwork/4.1.36 (MicroMessenger/6.2) WindowsWechat'}`,
  });
  const page = await open(context, shot);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) console.log(`[${shot.name}] wider than the screen by ${wide} px`);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, a, input, textarea')]
      .filter((el) => el.clientHeight > 0 && el.getBoundingClientRect().height < 40)
      .map((el) => `${el.textContent || el.getAttribute('aria-label')}: ${el.getBoundingClientRect().height}`),
  );
  if (small.length > 0) console.log(`[${shot.name}] small targets`, small.join(', '));
  await page.screenshot({ path: join(out, `${shot.name}.png`), fullPage: shot.full ?? false });
  await context.close();
}
await browser.close();
