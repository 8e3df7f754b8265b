import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { PictureChecks } from '../../src/modules/pictures/application/picture-checks.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, settle } from './sale-steps.js';

jest.setTimeout(120_000);

/** The smallest PNG that is one. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  lin = await e2e.consumer('lin');
});
afterAll(() => e2e.close());

const send = () => lin.api.mall.uploadPicture({ body: { purpose: 'AVATAR', dataBase64: PNG } });
const worn = async () => (await lin.api.mall.me()).profile.avatarUrl;
const newest = async () => (await lin.api.mall.myAvatar()).newest;

it('a picture of oneself is worn once its check has passed, and only its sender sees it before', async () => {
  const before = await worn();
  expect(await newest()).toBeNull();
  const sent = await send();
  expect(sent.check).toBe('WAITING');
  expect([await worn(), await newest()]).toEqual([before, sent]);
  await settle(e2e);
  expect([await worn(), await newest()]).toEqual([sent.url, { ...sent, check: 'PASSED' }]);
});

it('a refused one is never worn, and its sender is told', async () => {
  const before = await worn();
  const sent = await send();
  await e2e.app.get(PictureChecks).run();
  const [row] = await e2e.bench.database.query<{ trace_id: string }>(
    'SELECT trace_id FROM consumer_picture WHERE id = ?',
    [sent.id],
  );
  await e2e.app.get(PictureChecks).verdict(row?.trace_id ?? '', 'risky', 20002);
  await settle(e2e);
  expect([await worn(), (await newest())?.check]).toEqual([before, 'REFUSED']);
  await lin.api.mall.updateMe({ body: { avatarUrl: sent.url } });
  expect(await worn()).toBe(before);
});

it('a newer one takes the place of one that is not decided about', async () => {
  const first = await send();
  const second = await send();
  await settle(e2e);
  expect(await worn()).toBe(second.url);
  const left = await e2e.bench.database.query('SELECT id FROM consumer_picture WHERE id = ?', [first.id]);
  expect(left).toEqual([]);
});
