import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NoticeKind } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { MiniappError } from '../../gateways/wechat-miniapp/index.js';
import type { Consumer } from '../../platform/access/actor.js';
import { MyNotices } from './application/my-notices.js';
import { NoticeBook } from './application/notice-book.js';
import type { NoticeWords, Words } from './application/notice-words.js';
import { SendNotices } from './application/send-notices.js';
import { noticeInvariants } from './notices.invariants.js';
import { ConsentStore } from './persistence/consent.store.js';
import { NoticeStore } from './persistence/notice.store.js';

const TEMPLATE = 'TEMPLATE-SHIPPED-01';
const LASTING = 'TEMPLATE-LASTING-01';
const SEND = '/cgi-bin/message/subscribe/send';
const MINUTE_MS = 60_000;

let bench: TestBench;
let shop: TestShop;
let book: NoticeBook;
let mine: MyNotices;
let member: Consumer;
const rows = new NoticeStore();
const sent: string[] = [];
let answer: () => Promise<void> = async () => undefined;
let words: Words = { values: { goods: '羽绒服' }, page: 'pages/order-detail/index?id=1' };

/** A worker of its own, as another process would be. */
function sender(): SendNotices {
  const door = {
    of: () => ({
      sendSubscribe: async ({ openid }: { openid: string }) => {
        sent.push(openid);
        await answer();
      },
    }),
  };
  const says = { of: async () => words } as unknown as NoticeWords;
  return new SendNotices(bench.database, bench.unitOfWork, bench.clock, shop.organization, door, book, says);
}
const saveTemplate = (isLasting = false, templateId = TEMPLATE, kind: NoticeKind = 'ORDER_SHIPPED') =>
  bench.unitOfWork.run('template', (tx) =>
    book.rows.save(tx, bench.brandId, {
      kind,
      templateId,
      title: '发货通知',
      isLasting,
      isOn: true,
      updatedBy: '总部',
      keywords: [{ key: 'thing1', label: '商品', field: 'goods' }],
    }),
  );
const happen = (eventId = bench.ids.next<'event'>(), who = member, inMs = 0, kind: NoticeKind = 'ORDER_SHIPPED') =>
  bench.unitOfWork.run('event', (tx) =>
    rows.insert(tx, bench.brandId, [
      {
        id: bench.ids.next<'subscribe-notice'>(),
        kind,
        memberId: who.memberId,
        eventId,
        facts: {},
        notBefore: new Date(tx.now.getTime() + inMs),
        goodUntil: new Date(tx.now.getTime() + inMs + 60 * MINUTE_MS),
      },
    ]),
  );
const say = (word: 'ACCEPT' | 'REJECT', key = `tap-${bench.ids.next()}`, isAlways = false) =>
  mine.answer(member, [{ templateId: TEMPLATE, answer: word, isAlways }], key);
const states = async () =>
  (await rows.ofBrand(bench.database, bench.brandId, { before: null }, 100))
    .filter((one) => one.memberId === member.memberId)
    .map((one) => one.state)
    .reverse();
const left = async () => (await new ConsentStore().ofMember(bench.database, bench.brandId, member.memberId))[0]?.left;
const fails =
  (errcode: number | null, hint = '', path = SEND) =>
  async () => {
    throw new MiniappError(path, errcode, hint);
  };

beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  book = new NoticeBook(bench.database);
  mine = new MyNotices(bench.database, bench.unitOfWork, bench.ids, book);
});
beforeEach(async () => {
  member = await shop.member();
  sent.length = 0;
  answer = async () => undefined;
  words = { values: { goods: '羽绒服' }, page: 'pages/order-detail/index?id=1' };
  await saveTemplate();
  book.forget(bench.brandId);
});
afterAll(async () => {
  for (const { id, check } of noticeInvariants)
    expect([id, await check(bench.database, bench.brandId)]).toEqual([id, []]);
  await bench.close();
});

describe('one consent', () => {
  it('sends one message, however many workers look at once and however often the event comes', async () => {
    const eventId = bench.ids.next<'event'>();
    await say('ACCEPT');
    await Promise.all(Array.from({ length: 4 }, () => happen(eventId)));
    await Promise.all(Array.from({ length: 6 }, () => sender().run()));
    expect([sent.length, await states(), await left()]).toEqual([1, ['SENT'], 0]);
  });

  it('pays for one of two messages only, also when both are sent at once', async () => {
    await say('ACCEPT');
    await happen();
    await happen();
    await Promise.all([sender().run(), sender().run()]);
    expect([sent.length, (await states()).sort(), await left()]).toEqual([1, ['NO_CONSENT', 'SENT'], 0]);
  });

  it('counts once when the same answer comes twice', async () => {
    await Promise.all([say('ACCEPT', 'the-same-tap'), say('ACCEPT', 'the-same-tap')]);
    await say('ACCEPT', 'the-same-tap');
    expect(await left()).toBe(1);
  });

  it('is not counted for templates that are not the brand’s', async () => {
    await mine.answer(member, [{ templateId: 'SOMEBODY-ELSES', answer: 'ACCEPT', isAlways: false }], 'a-foreign-tap');
    expect(await left()).toBeUndefined();
  });

  it('is enough for all messages where the template lasts', async () => {
    await saveTemplate(true, LASTING);
    book.forget(bench.brandId);
    await mine.answer(member, [{ templateId: LASTING, answer: 'ACCEPT', isAlways: false }], 'once-and-for-all');
    for (let n = 0; n < 3; n += 1) await happen();
    await sender().run();
    expect(sent).toHaveLength(3);
    expect(await mine.asks(member, 'PAID_SHIP')).toEqual([]);
  });
});

describe('a consent that comes late', () => {
  it('still counts for what happened minutes ago, and not for what happened an hour ago', async () => {
    await happen();
    await sender().run();
    expect(await states()).toEqual(['NO_CONSENT']);
    bench.clock.advance(20 * MINUTE_MS);
    await happen();
    await sender().run();
    bench.clock.advance(2 * MINUTE_MS);
    await say('ACCEPT');
    await sender().run();
    expect([sent.length, await states()]).toEqual([1, ['NO_CONSENT', 'SENT']]);
  });

  it('goes to the newest of what has just happened, which the question was about', async () => {
    await happen();
    await sender().run();
    bench.clock.advance(MINUTE_MS);
    await happen();
    await sender().run();
    expect(await states()).toEqual(['NO_CONSENT', 'NO_CONSENT']);
    await say('ACCEPT');
    await Promise.all([sender().run(), sender().run()]);
    expect([sent.length, await states()]).toEqual([1, ['NO_CONSENT', 'SENT']]);
  });

  it('does not bring a message forward that has its own time', async () => {
    await happen(bench.ids.next<'event'>(), member, 10 * MINUTE_MS);
    await say('ACCEPT');
    await sender().run();
    expect([sent.length, await states()]).toEqual([0, ['WAITING']]);
    bench.clock.advance(10 * MINUTE_MS);
    await sender().run();
    expect([sent.length, await states()]).toEqual([1, ['SENT']]);
  });

  it('is never overlooked by a sender who looks at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      member = await shop.member();
      await happen();
      await Promise.all([sender().run(), say('ACCEPT')]);
      await sender().run();
      expect(await states()).toEqual(['SENT']);
    }
  });
});

describe('what WeChat answers', () => {
  it('nothing at all: the message is not sent again and the consent counts as used', async () => {
    await say('ACCEPT');
    await happen();
    answer = fails(null);
    await sender().run();
    bench.clock.advance(30 * MINUTE_MS);
    await sender().run();
    expect([sent.length, await states(), await left()]).toEqual([1, ['UNKNOWN'], 0]);
  });

  it('no token: the message is tried again and sent once', async () => {
    await say('ACCEPT');
    await happen();
    answer = fails(null, '', '/cgi-bin/stable_token');
    await sender().run();
    expect([await states(), await left()]).toEqual([['WAITING'], 1]);
    answer = async () => undefined;
    bench.clock.advance(MINUTE_MS);
    await sender().run();
    expect([await states(), await left()]).toEqual([['SENT'], 0]);
  });

  it('wecom-36 no consent left (43101): our count becomes nothing, and the next accept counts again', async () => {
    await say('ACCEPT');
    await say('ACCEPT');
    await happen();
    answer = fails(43101);
    await sender().run();
    expect([await states(), await left()]).toEqual([['NO_CONSENT'], 0]);
    answer = async () => undefined;
    await say('ACCEPT');
    await sender().run();
    expect([await states(), await left()]).toEqual([['SENT'], 0]);
  });

  it('an unknown template (40037): headquarters sees it, nothing more is sent or asked for until it is saved again', async () => {
    await say('ACCEPT');
    await happen();
    answer = fails(40037);
    await sender().run();
    const paused = (await book.of(bench.brandId)).get('ORDER_SHIPPED');
    expect([await states(), await left(), paused?.isPaused]).toEqual([['FAILED'], 1, true]);
    expect(await mine.asks(member, 'PAID_SHIP')).toEqual([]);
    expect(await mine.kinds(member)).toEqual([]);
    await saveTemplate();
    book.forget(bench.brandId);
    expect((await mine.asks(member, 'PAID_SHIP')).map(({ kind }) => kind)).toEqual(['ORDER_SHIPPED']);
  });

  it('a value that does not fit (47003): that message is over, the others go on', async () => {
    await say('ACCEPT');
    await happen();
    answer = fails(47003, 'argument invalid! data.thing1.value is invalid');
    await sender().run();
    const noted = (await book.of(bench.brandId)).get('ORDER_SHIPPED');
    expect([await states(), await left(), noted?.isPaused]).toEqual([['FAILED'], 1, false]);
    expect(noted?.problem).toContain('thing1');
  });
});

describe('what a member decides', () => {
  it('stops a kind: nothing is sent, nothing asked, and the consent stays for later', async () => {
    await say('ACCEPT');
    await mine.stop(member, 'ORDER_SHIPPED', true);
    await happen();
    await sender().run();
    expect([sent.length, await states(), await left()]).toEqual([0, ['STOPPED'], 1]);
    expect(await mine.asks(member, 'PAID_SHIP')).toEqual([]);
    await mine.stop(member, 'ORDER_SHIPPED', false);
    await happen();
    await sender().run();
    expect((await states()).at(-1)).toBe('SENT');
  });

  it('wants no offers: a coupon that ends is not told of, and an order still is', async () => {
    await saveTemplate(true, 'TEMPLATE-COUPON-01', 'COUPON_EXPIRING');
    book.forget(bench.brandId);
    await say('ACCEPT');
    await mine.answer(
      member,
      [{ templateId: 'TEMPLATE-COUPON-01', answer: 'ACCEPT', isAlways: false }],
      `tap-${bench.ids.next()}`,
    );
    await bench.database.execute(
      "INSERT INTO consent (brand_id, member_id, sub_brand, purpose, version, is_given, source, at) VALUES (?,?,'MAIN','MARKETING','2026.11',0,'MALL',?)",
      [bench.brandId, member.memberId, bench.clock.date()],
    );
    await happen(bench.ids.next<'event'>(), member, 0, 'COUPON_EXPIRING');
    await happen();
    await sender().run();
    expect([sent.length, (await states()).sort()]).toEqual([1, ['SENT', 'STOPPED']]);
  });

  it('is not asked again after a refusal for good, and may be asked after any other', async () => {
    await say('REJECT');
    expect(await mine.asks(member, 'PAID_SHIP')).toHaveLength(1);
    await say('REJECT', 'for-good-and-all', true);
    expect(await mine.asks(member, 'PAID_SHIP')).toEqual([]);
    expect((await mine.kinds(member))[0]).toMatchObject({ isRefused: true, left: 0 });
  });

  it('is told nothing that has become untrue or old', async () => {
    await say('ACCEPT');
    await happen();
    words = null;
    await sender().run();
    expect([await states(), await left()]).toEqual([['DROPPED'], 1]);
    words = { values: {}, page: 'pages/home/index' };
    await happen();
    bench.clock.advance(61 * MINUTE_MS);
    await sender().run();
    expect([sent.length, await states()]).toEqual([0, ['DROPPED', 'DROPPED']]);
  });
});

it('a process that dies while sending leaves a message that is not sent again', async () => {
  await say('ACCEPT');
  await happen();
  const open = await rows.due(bench.database, bench.clock.date(), 100);
  const id = open.at(-1)?.id as Id<'subscribe-notice'>;
  answer = () => new Promise(() => undefined);
  const dead = sender();
  void dead.run();
  while (sent.length === 0) await new Promise((resume) => setTimeout(resume, 5));
  bench.clock.advance(3 * MINUTE_MS);
  answer = async () => undefined;
  await sender().tidy();
  await sender().run();
  const found = (await rows.ofBrand(bench.database, bench.brandId, { before: null }, 50)).find((one) => one.id === id);
  expect([sent.length, found?.state]).toEqual([1, 'UNKNOWN']);
});
