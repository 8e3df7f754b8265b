import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import type { MemberId } from '@shuke/shared/kernel';
import { Wallet } from '../../src/modules/assets/index.js';
import type { Config } from '../../src/platform/config/config.js';
import { CONFIG } from '../../src/platform/platform.module.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import type { Buyer } from './sale-steps.js';
import { TestPos, TestTill, type TillRow } from './test-till.js';

jest.setTimeout(120_000);

let e2e: E2e;
let hq: Api;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  lin = await e2e.consumer('lin');
});
afterAll(() => e2e.close());

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('whoever has somebody’s phone for a minute', () => {
  it('has five guesses at the PIN however many are made at once, and then the right one does not help either', async () => {
    const { mall } = lin.api;
    await mall.setWalletPin({ body: { pin: '246810' } });
    const guesses = Array.from({ length: 24 }, (_, n) =>
      codeOf(mall.setWalletPin({ body: { pin: '111111', oldPin: String(100_000 + n) } })),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter((one) => one === 'PIN_OLD')).toHaveLength(5);
    expect(answers.filter((one) => one === 'PIN_LOCKED')).toHaveLength(19);
    expect(await codeOf(mall.setWalletPin({ body: { pin: '111111', oldPin: '246810' } }))).toBe('PIN_LOCKED');
    await e2e.sims.clock.advance(15 * 60_000 + 1000);
    expect(await codeOf(mall.setWalletPin({ body: { pin: '135790', oldPin: '246810' } }))).toBe('done');
  });

  it('is told how many guesses are left, and the owner gets in again by the own WeChat and phone alone', async () => {
    const { mall } = lin.api;
    const chen = await e2e.consumer('chen');
    const { codes } = e2e.sims.miniapp;
    const proof = (login: string, phone: string) => ({
      loginCode: codes.issue('login', login),
      phoneCode: codes.issue('phone', phone),
    });
    await mall.phone({ body: { code: codes.issue('phone', 'lin') } });
    await chen.api.mall.phone({ body: { code: codes.issue('phone', 'chen') } });
    const guess = () => mall.setWalletPin({ body: { pin: '111111', oldPin: '000000' } });
    for (const triesLeft of [4, 3, 2, 1, 0])
      await expect(guess()).rejects.toMatchObject({ code: 'PIN_OLD', detail: { triesLeft } });
    await expect(guess()).rejects.toMatchObject({ code: 'PIN_LOCKED', message: expect.stringContaining('15 分钟') });
    for (const [login, phone] of [
      ['chen', 'lin'],
      ['lin', 'chen'],
    ] as const) {
      const body = { pin: '135791', ...proof(login, phone) };
      expect(await codeOf(mall.resetWalletPin({ body }))).toBe('OWNER_OTHER');
    }
    const own = { pin: '975310', ...proof('lin', 'lin') };
    expect(await codeOf(mall.resetWalletPin({ body: own }))).toBe('done');
    expect(await codeOf(mall.resetWalletPin({ body: own }))).toBe('LOGIN_CODE');
    expect(await codeOf(mall.setWalletPin({ body: { pin: '246810', oldPin: '975310' } }))).toBe('done');
  });

  it('fills no disk with pictures: what is not kept leaves no file', async () => {
    const { mall } = (await e2e.consumer('chen')).api;
    const dataBase64 = Buffer.from([0xff, 0xd8, 0xff, ...Array.from({ length: 60 }, () => 7)]).toString('base64');
    const upload = () => codeOf(mall.uploadPicture({ body: { purpose: 'AFTER_SALE', dataBase64 } }));
    for (let n = 0; n < 100; n += 1) expect(await upload()).toBe('done');
    const answers = await Promise.all(Array.from({ length: 10 }, upload));
    expect(new Set(answers)).toEqual(new Set(['PICTURE_TOO_MANY']));
    const folder = join(e2e.app.get<Config>(CONFIG).FILES_DIR, 'consumer', e2e.brandId);
    expect(await readdir(folder)).toHaveLength(100);
  });
});

describe('a file that is made to hurt', () => {
  async function headOf(bytes: Buffer) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const body = { kind: 'MEMBERS' as const, fileName: 'list', bytes: bytes.length, sha256 };
    let job = await hq.console.openImport({ body });
    for (let part = 0; part * 1_000_000 < bytes.length; part += 1) {
      const dataBase64 = bytes.subarray(part * 1_000_000, (part + 1) * 1_000_000).toString('base64');
      job = await hq.console.putImportPart({ params: { id: job.id, part }, body: { dataBase64 } });
    }
    return hq.console.importHead({ params: { id: job.id } }).catch((error: { code: string; message: string }) => error);
  }

  /** An archive with one packed sheet. */
  function workbook(sheet: Buffer, name = 'xl/worksheets/sheet1.xml'): Buffer {
    const packed = deflateRawSync(sheet);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(30 + name.length + packed.length, 16);
    return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
  }

  it('is refused in words when it unpacks to more than anybody’s list', async () => {
    expect(await headOf(workbook(Buffer.alloc(400 * 1024 * 1024)))).toMatchObject({ code: 'IMPORT_FILE_SIZE' });
  });

  it('is refused when it is one endless row, packed or behind a quote that never closes', async () => {
    const endless = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'));
    expect(await headOf(endless)).toMatchObject({ code: 'IMPORT_FILE', message: expect.stringContaining('引号') });
    const quote = Buffer.from(`手机,姓名\n"${'x'.repeat(2_000_000)}`);
    expect(await headOf(quote)).toMatchObject({ code: 'IMPORT_FILE' });
  });

  it.each([
    ['a cut archive', () => workbook(Buffer.from('<worksheet/>')).subarray(0, 60)],
    ['an archive of nothing', () => workbook(Buffer.from('x'), 'readme.txt')],
    ['a directory that points outside', () => Buffer.concat([Buffer.from('PK\u0003\u0004'), endPointing(0x7fffffff)])],
    ['a cut pack', () => gzipSync(Buffer.from('手机,姓名\n1,2\n'.repeat(5000))).subarray(0, 40)],
  ])('is refused in words and never with an internal error: %s', async (_, bytes) => {
    expect(await headOf(bytes())).toMatchObject({
      code: 'IMPORT_FILE',
      message: expect.stringMatching(/[\u4e00-\u9fa5]/),
    });
  });

  function endPointing(to: number): Buffer {
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(to, 16);
    return end;
  }
});

describe('a till that tries it twice', () => {
  const LINE = { skuCode: 'OLD-1', name: '雪松卫衣', qty: 2, unitPriceFen: 10_000 };
  let pos: TestPos;
  let storeCode: string;
  let nth = 0;
  const row = (more: Partial<TillRow> & Pick<TillRow, 'sequence' | 'kind' | 'externalNo'>): TillRow => ({
    happenedAt: '2026-11-22T00:00:00.000Z',
    lines: [LINE],
    ...more,
  });
  const till = async () => {
    nth += 1;
    const made = new TestTill(pos, `T${nth}`);
    await made.register(storeCode);
    return made;
  };
  const results = async (sent: ReturnType<TestTill['send']>) => (await sent).results.map((one) => one.result);
  const payCode = async () => (await lin.api.mall.payCode()).code;

  beforeAll(async () => {
    pos = new TestPos(e2e, 'an-attackers-key-of-thirty-letters');
    await pos.open();
    const [store] = await e2e.bench.database.query<{ code: string }>(
      'SELECT code FROM store WHERE brand_id = ? AND id = ?',
      [e2e.brandId, e2e.shop.lake],
    );
    storeCode = store?.code ?? '';
    const lot = { kind: 'BONUS' as const, amount: 200_000, originKind: 'ADJUST', originId: '1', title: '人工调整' };
    const cause = { kind: 'ADJUST', ref: 'ADJUST:till', title: '人工调整' };
    await e2e.bench.unitOfWork.run('wallet', (tx) =>
      e2e.app
        .get(Wallet)
        .ledger.credit(tx, e2e.brandId, 'WALLET', lin.memberId as MemberId, [
          { lot: { ...lot, originId: e2e.bench.ids.next() }, cause },
        ]),
    );
  });

  it('pays two sales with one wallet payment in one upload, or one sale with it three times: once is what counts', async () => {
    const one = await till();
    await pos.call('POST', 'wallet', { deviceNo: one.deviceNo, sequence: 1, code: await payCode(), amountFen: 5_000 });
    const answers = await one.send([
      row({ sequence: 2, kind: 'SALE', externalNo: 'twice-1', paidBy: [1, 1, 1] }),
      row({ sequence: 3, kind: 'SALE', externalNo: 'twice-2', paidBy: [1] }),
    ]);
    expect(answers.results.map((each) => each.result)).toEqual(['CREATED', 'REFUSED']);
    const [sale] = await e2e.bench.database.query<{ wallet_fen: string }>(
      'SELECT wallet_fen FROM sales_order WHERE brand_id = ? AND id = ?',
      [e2e.brandId, answers.results[0]?.orderId ?? ''],
    );
    expect(sale?.wallet_fen).toBe('5000');
    expect(await results(one.send([row({ sequence: 3, kind: 'SALE', externalNo: 'twice-2', paidBy: [1] })]))).toEqual([
      'REFUSED',
    ]);
    await expect(
      pos.call('POST', 'take-back', { deviceNo: one.deviceNo, sequence: 1, reason: '再退一次' }),
    ).rejects.toThrow('TILL_ACT');
  });

  it('books no sale on a wallet payment that nobody has confirmed, and may take the question back', async () => {
    const one = await till();
    const ask = { deviceNo: one.deviceNo, sequence: 1, code: await payCode(), amountFen: 50_000 };
    expect(await pos.call('POST', 'wallet', ask)).toMatchObject({ state: 'ASKING' });
    const lines = [{ ...LINE, unitPriceFen: 50_000 }];
    expect(
      await results(one.send([row({ sequence: 2, kind: 'SALE', externalNo: 'asked', paidBy: [1], lines })])),
    ).toEqual(['REFUSED']);
    await pos.call('POST', 'take-back', { deviceNo: one.deviceNo, sequence: 1, reason: '顾客改付现金' });
    expect(await pos.call('POST', 'wallet', ask)).toMatchObject({ state: 'REFUSED', isRepeated: true });
    expect(await lin.api.mall.wallet()).toMatchObject({ heldFen: 0 });
  });

  it('takes the same piece back at two counters at once, or through its own return: never more than was sold', async () => {
    const [one, two] = [await till(), await till()];
    await one.send([row({ sequence: 1, kind: 'SALE', externalNo: 'race' })]);
    const back = (externalNo: string) =>
      row({ sequence: 2, kind: 'RETURN', externalNo, ofExternalNo: 'race', lines: [{ ...LINE, qty: 2 }] });
    const answers = await Promise.all([
      results(one.send([back('race-a')])),
      results(two.send([{ ...back('race-b'), sequence: 1 }])),
    ]);
    expect(answers.flat().sort()).toEqual(['CREATED', 'REFUSED']);
    const booked = answers[0]?.[0] === 'CREATED' ? 'race-a' : 'race-b';
    const again = row({ sequence: 3, kind: 'RETURN', externalNo: 'race-c', ofExternalNo: booked });
    expect(await results(one.send([again]))).toEqual(['REFUSED']);
  });

  it('sends a void before its sale: what paid comes back once, and nothing can be returned on top', async () => {
    const one = await till();
    await pos.call('POST', 'wallet', { deviceNo: one.deviceNo, sequence: 1, code: await payCode(), amountFen: 6_000 });
    const before = await lin.api.mall.wallet();
    const isVoid = row({
      sequence: 3,
      kind: 'VOID',
      externalNo: 'early-v',
      ofExternalNo: 'early',
      paidBy: [1],
      lines: [],
    });
    expect(await results(one.send([isVoid]))).toEqual(['WAITING']);
    expect(await results(one.send([row({ sequence: 2, kind: 'SALE', externalNo: 'early', paidBy: [1] })]))).toEqual([
      'CREATED',
    ]);
    expect(await lin.api.mall.wallet()).toMatchObject({ balanceFen: before.balanceFen + 6_000 });
    expect(await results(one.send([isVoid]))).toEqual(['REPEATED']);
    const more = row({ sequence: 4, kind: 'RETURN', externalNo: 'early-r', ofExternalNo: 'early' });
    expect(await results(one.send([more]))).toEqual(['REFUSED']);
    await e2e.work(5);
    expect(await e2e.broken()).toEqual([]);
  });

  it('asks for one act twice at the same moment and gets one effect and the same receipt', async () => {
    const one = await till();
    const body = { deviceNo: one.deviceNo, sequence: 1, code: await payCode(), amountFen: 1_000 };
    const before = await lin.api.mall.wallet();
    const receipts = await Promise.all([1, 2, 3].map(() => pos.call('POST', 'wallet', body)));
    expect(new Set(receipts.map((each) => each['id'])).size).toBe(1);
    expect(await lin.api.mall.wallet()).toMatchObject({ balanceFen: before.balanceFen - 1_000 });
  });
});
