import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { DAY_MS } from '@shuke/shared/kernel';
import { verifyProofs } from '@shuke/shared/rules';
import { Organization } from '../../src/modules/organization/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { buy, expectQuiet, fillShelves, headquarters, settle } from './sale-steps.js';

jest.setTimeout(60_000);

let e2e: E2e;
let desk: Api;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(() => e2e.close());

const rowOf = async () => {
  const [row] = (await desk.console.statements({ query: {} })).items;
  if (!row) throw new Error('no statement');
  return row;
};
const read = async (franchiseeId: string, day: string) => {
  const params = { franchiseeId, day };
  const [{ text }, detail] = await Promise.all([desk.console.proof({ params }), desk.console.statement({ params })]);
  return { text, detail, fingerprint: createHash('sha256').update(text).digest('hex') };
};

describe('S4 S6 a proof and its statement', () => {
  it('is one and the same file from its publishing on, named by the statement, and goes on where the day before ended', async () => {
    const lin = await e2e.consumer('lin');
    const sold = await buy(e2e, lin, { qty: 2 });
    await lin.api.mall.requestRefund({
      params: { id: sold.id },
      body: { reason: '买多了', lines: [{ lineId: sold.lines[0]?.id ?? '', qty: 1 }] },
    });
    await settle(e2e);
    desk = await headquarters(e2e);
    const { franchiseeId, day } = await rowOf();
    const draft = await read(franchiseeId, day);
    expect([draft.detail.state, draft.detail.anchor?.fingerprint]).toEqual(['DRAFT', null]);
    await buy(e2e, lin);
    await e2e.pass(DAY_MS);
    desk = await headquarters(e2e);
    const published = await read(franchiseeId, day);
    expect(published.detail.state).toBe('PUBLISHED');
    expect(published.detail.anchor?.fingerprint).toBe(published.fingerprint);

    // Names change and a store is given away; what was published stays.
    const { database } = e2e.bench;
    await database.execute('UPDATE franchisee SET name = ? WHERE brand_id = ? AND id = ?', [
      '新名字',
      e2e.brandId,
      franchiseeId,
    ]);
    await database.execute("UPDATE store SET name = CONCAT(name, '（新）') WHERE brand_id = ?", [e2e.brandId]);
    e2e.app.get(Organization, { strict: false }).forget(e2e.brandId);
    const later = await e2e.consumer('lin');
    await buy(e2e, later);
    await e2e.pass(DAY_MS);
    desk = await headquarters(e2e);
    expect((await read(franchiseeId, day)).text).toBe(published.text);
    const nextDay = (await rowOf()).day;
    const next = await read(franchiseeId, nextDay);
    const files = verifyProofs([
      { name: 'draft', proof: draft.text },
      { name: 'published', proof: published.text },
      { name: 'next', proof: next.text },
    ]);
    expect(files.flatMap((file) => file.findings)).toEqual([]);
    expect(files.map((file) => file.header?.state)).toEqual(['DRAFT', 'PUBLISHED', 'PUBLISHED']);
    const heads = next.detail.anchor?.heads.map((head) => head.hash);
    expect(heads).toEqual(files.at(-1)?.stores.map((store) => store.headHash));
    await expectQuiet(e2e);
  });

  it('is missed by nobody when a published day is changed behind it', async () => {
    const { database } = e2e.bench;
    const [row] = await database.query<{ store_id: string; seq: string; body: string }>(
      "SELECT store_id, seq, body FROM entitlement WHERE brand_id = ? AND kind = 'ACCRUAL' ORDER BY store_id, seq LIMIT 1",
      [e2e.brandId],
    );
    const write = (body: string) =>
      database.execute('UPDATE entitlement SET body = ? WHERE brand_id = ? AND store_id = ? AND seq = ?', [
        ...[body, e2e.brandId, row?.store_id ?? '', row?.seq ?? ''],
      ]);
    await write((row?.body ?? '').replace('"orderNo":"', '"orderNo":"X'));
    expect((await e2e.broken()).map((one) => one.id)).toEqual(expect.arrayContaining(['inv-03', 'proof-01']));
    await write(row?.body ?? '');
    expect(await e2e.broken()).toEqual([]);
  });
});
