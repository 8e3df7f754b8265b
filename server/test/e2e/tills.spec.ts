import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Members } from '../../src/modules/members/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { TestPos, TestTill, type TillRow } from './test-till.js';

jest.setTimeout(120_000);

const PHONE = '13900000088';
let e2e: E2e;
let pos: TestPos;
let storeCode: string;
let memberId: string;

const one = async (sql: string) =>
  (await e2e.bench.database.query<Record<string, string>>(sql, [e2e.brandId]))[0] ?? {};

/** Two hours of a device: sales, and a return of every fourth one. */
function twoHours(till: TestTill): TillRow[] {
  const rows: TillRow[] = [];
  for (let n = 1; n <= 24; n += 1) {
    const happenedAt = new Date(Date.parse('2026-11-22T00:00:00.000Z') + n * 300_000).toISOString();
    const line = { skuCode: 'OLD-1', name: '雪松卫衣', qty: 2, unitPriceFen: 9950 + n };
    const base = { happenedAt, externalNo: `${till.deviceNo}-${n}`, sequence: rows.length + 1 };
    rows.push({ ...base, kind: 'SALE', phone: PHONE, lines: [line] });
    if (n % 4 === 0)
      rows.push({
        ...base,
        kind: 'RETURN',
        externalNo: `${base.externalNo}R`,
        ofExternalNo: base.externalNo,
        sequence: rows.length + 1,
        lines: [{ ...line, qty: 1 }],
      });
  }
  return rows;
}

/** The same shuffle in every run. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const all = [...list];
  let state = seed;
  for (let at = all.length - 1; at > 0; at -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (at + 1);
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
}

beforeAll(async () => {
  e2e = await openE2e();
  const { brandId, unitOfWork } = e2e.bench;
  pos = new TestPos(e2e, 'a-connector-key-of-thirty-characters');
  await pos.open();
  storeCode = (await one('SELECT code FROM store WHERE brand_id = ? ORDER BY id LIMIT 1'))['code'] ?? '';
  memberId = (
    await unitOfWork.run('member', (tx) =>
      e2e.app.get(Members).findOrCreate(tx, { brandId, identifiers: [{ kind: 'phone', value: PHONE }], source: 'POS' }),
    )
  ).memberId;
});
afterAll(() => e2e.close());

describe('tills', () => {
  it('pain-24: two devices without network for two hours, replayed in random order and twice, give each sale once and points once', async () => {
    const tills = [new TestTill(pos, 'A1'), new TestTill(pos, 'A2')];
    for (const till of tills) await till.register(storeCode);
    const rows = tills.flatMap((till) => twoHours(till).map((row) => ({ till, row })));
    const again = [...shuffled(rows, 7), ...shuffled(rows, 11)];
    for (let at = 0; at < again.length; at += 3)
      for (const till of tills) {
        const part = again
          .slice(at, at + 3)
          .filter((each) => each.till === till)
          .map(({ row }) => row);
        if (part.length > 0)
          expect((await till.send(part)).results.map((each) => each.result)).not.toContain('CONFLICT');
      }
    await e2e.work(5);
    const counts = await one(
      "SELECT SUM(kind = 'SALE') AS sales, SUM(kind = 'RETURN') AS returns, SUM(IF(kind = 'SALE', total_fen, -total_fen)) AS fen FROM sales_order WHERE brand_id = ?",
    );
    const net =
      2 *
      Array.from({ length: 24 }, (_, n) => (9951 + n) * ((n + 1) % 4 === 0 ? 1 : 2)).reduce((sum, fen) => sum + fen, 0);
    expect([Number(counts['sales']), Number(counts['returns']), Number(counts['fen'])]).toEqual([48, 12, net]);
    const growth = await one("SELECT balance AS n FROM asset_account WHERE brand_id = ? AND asset = 'GROWTH'");
    expect(Number(growth['n'])).toBe(net);
    const earned = await one(
      "SELECT COUNT(*) AS n, COUNT(DISTINCT order_id) AS orders FROM asset_entry WHERE brand_id = ? AND asset = 'POINTS' AND kind = 'EARN'",
    );
    expect([Number(earned['n']), Number(earned['orders'])]).toEqual([48, 48]);
    const { earnFenPerPoint } = await (await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password')).console.pointsRule();
    const points = await one(
      "SELECT balance + pending AS n FROM asset_account WHERE brand_id = ? AND asset = 'POINTS'",
    );
    const expected =
      2 *
      Array.from({ length: 24 }, (_, n) =>
        Math.floor(((9951 + n) * ((n + 1) % 4 === 0 ? 1 : 2)) / earnFenPerPoint),
      ).reduce((sum, each) => sum + each, 0);
    expect(Number(points['n'])).toBe(expected);
    expect(await e2e.broken()).toEqual([]);
  });

  it('answers a number with other content as a conflict, a forged row as refused, and names numbers that are missing', async () => {
    const till = new TestTill(pos, 'B1');
    await till.register(storeCode);
    const [first, , third] = twoHours(till) as [TillRow, TillRow, TillRow];
    expect((await till.send([first, third])).missing).toEqual([2]);
    const other = { ...first, externalNo: 'other' };
    expect((await till.send([other])).results[0]?.result).toBe('CONFLICT');
    const forged = { ...till.signed({ ...first, sequence: 9, externalNo: 'forged' }), externalNo: 'forged2' };
    expect((await pos.call('POST', 'device-rows', { deviceNo: 'B1', rows: [forged] })).results[0]?.result).toBe(
      'REFUSED',
    );
  });

  it('gives a sale to the guide whom the till names, and says so where it knows nobody of that name', async () => {
    const till = new TestTill(pos, 'G1');
    await till.register(storeCode);
    const guide = await one('SELECT id, wecom_userid AS userid FROM guide WHERE brand_id = ? ORDER BY id LIMIT 1');
    const [first, second] = twoHours(till) as [TillRow, TillRow];
    const { results } = await till.send([
      { ...first, guideUserid: (guide['userid'] ?? '').toUpperCase() },
      { ...second, guideUserid: '早已离职' },
      {
        ...first,
        kind: 'RETURN',
        sequence: 3,
        externalNo: 'G1-1R',
        ofExternalNo: 'G1-1',
        guideUserid: guide['userid'] ?? '',
      },
    ]);
    expect(results.map((each) => each.text)).toEqual([
      '已入账',
      '已入账；没有企业微信账号为「早已离职」的导购，没有记导购',
      '退货已入账',
    ]);
    const rows = await e2e.bench.database.query<{ guide_id: string | null }>(
      "SELECT guide_id FROM sales_order WHERE brand_id = ? AND external_no LIKE 'G1-%' ORDER BY external_no",
      [e2e.brandId],
    );
    expect(rows.map((row) => row.guide_id)).toEqual([guide['id'], guide['id'], null]);
  });

  it('books a sale of a till whose clock is a day off, never later than it was told, and asks to set one that never was', async () => {
    const till = new TestTill(pos, 'T1');
    await till.register(storeCode);
    const now = e2e.sims.clock.now();
    const at = (ms: number) => new Date(now + ms).toISOString();
    const [row] = twoHours(till) as [TillRow];
    const times = [at(3_600_000), at(86_400_000 + 60_000), at(-86_400_000), at(3 * 86_400_000), '1970-01-01T00:00:00Z'];
    const { results } = await till.send(
      [...times, '0000-01-01T00:00:00Z'].map((happenedAt, n) => ({
        ...row,
        sequence: n + 1,
        externalNo: `T1-${n + 1}`,
        happenedAt,
      })),
    );
    expect(results.map((each) => each.result)).toEqual([
      ...['CREATED', 'CREATED', 'CREATED'],
      ...['REFUSED', 'REFUSED', 'REFUSED'],
    ]);
    expect(results[3]?.text).toBe('成交时间在将来，请校准收银机的时钟，再用新的序号上传');
    const booked = await e2e.bench.database.query<{ created_at: Date }>(
      "SELECT created_at FROM sales_order WHERE brand_id = ? AND external_no LIKE 'T1-%' ORDER BY external_no",
      [e2e.brandId],
    );
    expect(booked.map((each) => each.created_at.toISOString())).toEqual([at(0), at(0), at(-86_400_000)]);
  });

  it('knows who stands at the till by phone and says what is theirs', async () => {
    const member = await pos.call('POST', 'identify', { storeCode, kind: 'PHONE', value: PHONE });
    expect(member['memberId']).toBe(memberId);
  });

  it('takes a sale with the card of one member and the phone of another for the card, says so, and lets people decide', async () => {
    const { brandId, ids, unitOfWork } = e2e.bench;
    const holder = ids.next<'member'>();
    await unitOfWork.run('member', (tx) =>
      e2e.app
        .get(Members)
        .createMembers(tx, brandId, [
          { id: holder, nickname: '小卡', origin: 'IMPORT', identifiers: [{ kind: 'card', value: 'TILL-0001' }] },
        ]),
    );
    const till = new TestTill(pos, 'C1');
    await till.register(storeCode);
    const [sale] = twoHours(till) as [TillRow];
    const { results } = await till.send([{ ...sale, cardNo: 'TILL-0001' }]);
    expect(results[0]).toMatchObject({
      result: 'CREATED',
      text: '已入账；会员卡和手机号不是同一位会员的，已按会员卡记，请核对',
    });
    expect(await one(`SELECT member_id FROM sales_order WHERE brand_id = ? AND external_no = 'C1-1'`)).toEqual({
      member_id: holder,
    });
    await e2e.work();
    const hq = await e2e.desk(`hq-${brandId}`, 'a-long-password');
    const { items } = await hq.console.mergeCandidates({ query: {} });
    expect(items.map((pair) => [pair.a.id, pair.b.id].sort())).toEqual([[memberId, holder].sort()]);
    expect(items[0]?.signals.map((signal) => signal.kind)).toEqual(['card']);
  });
});
