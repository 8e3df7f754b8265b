import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BrandId, businessDay, fen, type StoreId, ZERO_FEN } from '@shuke/shared/kernel';
import { type AccrualBody, entitle, ruleHash, type SplitInput, verifyProofs, writeProof } from '@shuke/shared/rules';
import { openTestBench, type TestBench } from '../../../../test/harness/database.js';
import { brokenChains } from '../application/check-chains.js';
import { ChainStore } from './chain.store.js';

jest.setTimeout(60_000);

let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

const rule = { version: 1, name: '全部归门店', legs: [] };
const brand = { party: 'BRAND' as const, partyId: '1', partyName: '雪岭' };
const owner = { party: 'FRANCHISEE' as const, partyId: '2', partyName: '钱塘服饰' };

function sale(orderId: string, storeId: StoreId, at: string): AccrualBody {
  const input: SplitInput = {
    paidFen: fen(1_000),
    freightFen: ZERO_FEN,
    feeBp: 60,
    storeKind: 'FRANCHISE',
    collectMode: 'STORE',
    owner,
    brand,
    guide: null,
    lines: [{ lineId: '1', categoryId: 'c', name: '围巾', qty: 1, payableFen: fen(1_000) }],
  };
  return {
    v: 1,
    kind: 'ACCRUAL',
    storeId,
    storeName: '湖滨店',
    orderId,
    orderNo: `XL${orderId}`,
    at,
    input,
    businessDay: businessDay(Date.parse(at)),
    rule: { version: 1, hash: ruleHash(rule) },
    ...entitle(rule, input),
  };
}

describe('a chain around midnight', () => {
  it('S4 keeps every day in one piece when what began before midnight comes after what began behind it', async () => {
    const chain = new ChainStore();
    const brandId = bench.ids.next<'brand'>() as BrandId;
    const storeId = bench.ids.next<'store'>() as StoreId;
    const append = (orderId: string, at: string) =>
      bench.unitOfWork.run('append', (tx) =>
        chain.append(tx, brandId, [{ storeId, refId: '0', body: sale(orderId, storeId, at) }]),
      );
    await append('11', '2026-11-21T15:59:58.000Z');
    await append('12', '2026-11-21T16:00:00.500Z');
    await append('13', '2026-11-21T15:59:59.900Z');
    await append('14', '2026-11-21T16:00:01.000Z');
    const proofs = [];
    for (const day of ['2026-11-21', '2026-11-22']) {
      const store = (await chain.ofDay(bench.database, brandId, [storeId], day)).get(storeId);
      if (!store) throw new Error('no store');
      const header = { brand: { id: '1', name: '雪岭' }, franchisee: { id: '2', name: '钱塘服饰' }, businessDay: day };
      const rules = [{ type: 'rule' as const, rule, hash: ruleHash(rule) }];
      const proof = writeProof({ ...header, state: 'PUBLISHED' }, rules, [{ storeId, storeName: '湖滨店', ...store }]);
      proofs.push({ name: day, proof });
    }
    const files = verifyProofs(proofs);
    expect(files.flatMap((file) => file.findings)).toEqual([]);
    expect(files.map((file) => file.entries.map(({ entry }) => entry.body.orderId))).toEqual([
      ['11'],
      ['12', '13', '14'],
    ]);
    expect(files[1]?.entries[1]?.entry.body.at).toBe('2026-11-21T16:00:00.500Z');
  });
});

describe('inv-03 the check of all chains', () => {
  async function soldThree() {
    const brandId = bench.ids.next<'brand'>() as BrandId;
    const storeId = bench.ids.next<'store'>() as StoreId;
    const drafts = ['21', '22', '23'].map((orderId) => ({
      storeId,
      refId: '0',
      body: sale(orderId, storeId, '2026-11-22T02:00:00.000Z'),
    }));
    await bench.unitOfWork.run('append', (tx) => new ChainStore().append(tx, brandId, drafts));
    const execute = (sql: string) => bench.database.execute(sql, [brandId]);
    return {
      execute,
      problems: async () => (await brokenChains(bench.database, brandId)).map(({ problem }) => problem),
    };
  }

  it('finds nothing in chains that are whole', async () => {
    expect(await (await soldThree()).problems()).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['one entry is gone', 'DELETE FROM entitlement WHERE brand_id = ? AND seq = 2', ['entry']],
    ['the last is gone', 'DELETE FROM entitlement WHERE brand_id = ? AND seq = 3', ['head']],
    ['all are gone', 'DELETE FROM entitlement WHERE brand_id = ?', ['head']],
    ['the head is gone', 'DELETE FROM chain_head WHERE brand_id = ?', ['head']],
    ['the head was set back', 'UPDATE chain_head SET seq = 2 WHERE brand_id = ?', ['head', 'head']],
    [
      'a body was altered',
      "UPDATE entitlement SET body = REPLACE(body, '围巾', '帽子') WHERE brand_id = ? AND seq = 1",
      ['entry'],
    ],
  ])('finds where %s', async (_, sql, found) => {
    const { execute, problems } = await soldThree();
    await execute(sql);
    expect(await problems()).toEqual(found);
  });
});
