import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { Members } from '../../src/modules/members/index.js';
import { PictureChecks } from '../../src/modules/pictures/application/picture-checks.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, settle } from './sale-steps.js';

jest.setTimeout(120_000);

/** The smallest PNG that is one. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** How many pictures a consumer may send in a day. */
const PER_DAY = 100;
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
  expect((await newest())?.id).toBe(second.id);
  const stateOf = async (id: string) =>
    (
      await e2e.bench.database.query<{ s: string }>('SELECT check_state AS s FROM consumer_picture WHERE id = ?', [id])
    )[0]?.s;
  expect(await stateOf(first.id)).toBe('REFUSED');
  // A day later it does not count against the day any more, and goes.
  await e2e.pass(25 * 3_600_000);
  lin = await e2e.consumer('lin');
  await send();
  expect(await stateOf(first.id)).toBeUndefined();
});

it('one that the platform cannot decide about is worn when headquarters has passed it, and the reason is kept', async () => {
  lin = await e2e.consumer('lin');
  const doubtful = async () => {
    const sent = await send();
    await e2e.app.get(PictureChecks).run();
    const [row] = await e2e.bench.database.query<{ trace_id: string }>(
      'SELECT trace_id FROM consumer_picture WHERE id = ?',
      [sent.id],
    );
    await e2e.app.get(PictureChecks).verdict(row?.trace_id ?? '', 'review', 20012);
    return sent;
  };
  const before = await worn();
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  const first = await doubtful();
  expect([await worn(), (await newest())?.check]).toEqual([before, 'WAITING']);
  const [waiting] = (await hq.console.avatars()).items;
  expect(waiting).toMatchObject({ id: first.id, why: '平台拿不准，可能是低俗', decision: null });
  const refused = await hq.console.decideAvatar({
    params: { id: first.id },
    body: { isPassed: false, note: '看不到脸' },
  });
  expect(refused.decision).toMatchObject({ isPassed: false, note: '看不到脸' });
  await settle(e2e);
  expect([await worn(), (await newest())?.check]).toEqual([before, 'REFUSED']);
  await expect(
    hq.console.decideAvatar({ params: { id: first.id }, body: { isPassed: true, note: '其实可以' } }),
  ).rejects.toMatchObject({ status: 409, code: 'PICTURE_DECIDED' });

  const second = await doubtful();
  await hq.console.decideAvatar({ params: { id: second.id }, body: { isPassed: true, note: '只是风景' } });
  await settle(e2e);
  expect([await worn(), (await newest())?.check]).toEqual([second.url, 'PASSED']);
  expect((await hq.console.avatars()).items).toEqual([]);
  const { items } = await hq.console.avatars({ query: { isDecided: true } });
  expect(items.map(({ id, decision }) => [id, decision?.note])).toEqual([
    [second.id, '只是风景'],
    [first.id, '看不到脸'],
  ]);
});

it('nobody has more pictures checked than a day allows by replacing them before they are', async () => {
  const chen = await e2e.consumer('chen');
  const sendOne = () => chen.api.mall.uploadPicture({ body: { purpose: 'AVATAR', dataBase64: PNG } });
  const replaced = await sendOne();
  await sendOne();
  const others = Array.from({ length: PER_DAY - 3 }, () => e2e.bench.ids.next());
  await e2e.bench.database.execute(
    `INSERT INTO consumer_picture (brand_id, id, member_id, openid, purpose, url, bytes, sha256, check_state, created_at)
     SELECT brand_id, n.id, member_id, openid, 'REVIEW', url, bytes, sha256, 'PASSED', created_at
     FROM consumer_picture JOIN (${others.map((id) => `SELECT ${id} AS id`).join(' UNION ALL ')}) n WHERE consumer_picture.id = ?`,
    [replaced.id],
  );
  await sendOne();
  await expect(sendOne()).rejects.toMatchObject({ code: 'PICTURE_TOO_MANY' });
});

it('a picture that passes after its sender has left is worn by nobody', async () => {
  const gone = await e2e.consumer('chen');
  const face = () => e2e.bench.database.query('SELECT avatar_url FROM member WHERE id = ?', [gone.memberId]);
  await e2e.bench.database.execute("UPDATE member SET status = 'CANCELLED', avatar_url = '' WHERE id = ?", [
    gone.memberId,
  ]);
  await e2e.bench.unitOfWork.run('passed', (tx) =>
    e2e.app.get(Members).wearPicture(tx, e2e.brandId, gone.memberId as MemberId, '/files/consumer/1/a.png'),
  );
  expect(await face()).toEqual([{ avatar_url: '' }]);
});
