import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { canonicalJson } from '@shuke/shared/kernel';
import { template } from '../../src/modules/coupons/testing/template.js';
import { createConnector } from '../../src/modules/identity/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, fillShelves, headquarters } from './sale-steps.js';

jest.setTimeout(120_000);

const KEY = 'a-connector-key-of-thirty-characters';
let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  lin = await e2e.consumer('lin');
});
afterAll(() => e2e.close());

const franchisee = (name: 'fa' | 'fb'): Promise<Api> => e2e.desk(`${name}-${e2e.brandId}`, 'a-long-password');

describe('a till at the desk', () => {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = (pair.publicKey.export({ format: 'jwk' }) as { x: string }).x;

  async function pos(method: string, path: string, body: unknown) {
    const answer = await fetch(`${e2e.origin}/api/pos/${path}`, {
      method,
      headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  function sale(sequence: number) {
    const row = {
      sequence,
      kind: 'SALE',
      externalNo: `D${sequence}`,
      happenedAt: new Date(e2e.sims.clock.now()).toISOString(),
      lines: [{ skuCode: 'OLD-1', name: '雪松卫衣', qty: 1, unitPriceFen: 9950 }],
    };
    const text = Buffer.from(canonicalJson({ deviceNo: 'DESK-1', row }));
    return { ...row, signature: sign(null, text, pair.privateKey).toString('base64url') };
  }

  it('is registered, shows the numbers that are missing to its owner alone, and books nothing once it is stopped', async () => {
    const { brandId, ids, unitOfWork } = e2e.bench;
    await unitOfWork.run('connector', (tx) =>
      createConnector(tx, { brandId, id: ids.next<'connector'>(), name: '收银', apiKey: KEY }),
    );
    const hq = await headquarters(e2e);
    const connectorId = (await hq.console.posConnectors())[0]?.id ?? '';
    const wish = { connectorId, storeId: e2e.shop.north, deviceNo: 'DESK-1', name: '一号台', publicKey };
    const { device } = await hq.console.registerPosDevice({ body: wish });
    const params = { id: device.id };
    const send = (sequence: number) => pos('POST', 'device-rows', { deviceNo: 'DESK-1', rows: [sale(sequence)] });
    expect((await send(1)).status).toBe(200);
    expect((await send(4)).status).toBe(200);
    const [own, other] = [await franchisee('fa'), await franchisee('fb')];
    const seen = await own.console.posDevice({ params });
    expect([seen.missing, seen.device.state, seen.connectorName]).toEqual([[2, 3], 'GAP', '收银']);
    expect(await other.console.posDevices()).toEqual([]);
    await expect(other.console.posDevice({ params })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(own.console.stopPosDevice({ params })).rejects.toMatchObject({ status: 403 });

    expect((await hq.console.stopPosDevice({ params })).device.state).toBe('STOPPED');
    expect((await send(5)).status).toBe(404);
    const [store] = (await hq.console.stores({ query: { q: seen.device.storeName } })).items;
    const again = { storeCode: store?.code ?? '', deviceNo: 'DESK-1', name: '一号台', publicKey };
    expect((await pos('PUT', 'devices', again)).body).toMatchObject({ code: 'TILL_STOPPED' });
    const back = await hq.console.registerPosDevice({ body: wish });
    expect([back.device.id, back.device.lastSequence]).toEqual([device.id, 4]);
    expect((await send(5)).status).toBe(200);
  });
});

describe('coupons at a franchisee’s desk', () => {
  it('are counted for its own stores only, without the brand’s budget', async () => {
    const hq = await headquarters(e2e);
    lin = await e2e.consumer('lin');
    const take = { ...template().take, perMember: 3 };
    const { id } = await hq.console.createCouponTemplate({ body: template({ take }) });
    await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
    const taken = await lin.api.mall.takeCoupon({ params: { id }, body: {} });
    await lin.api.mall.takeCoupon({ params: { id }, body: {} });
    await (await e2e.guide('north')).guide.redeemCoupon({ body: { code: taken.code, amountFen: 9900 } });
    const of = async (api: Api) => (await api.console.couponTemplate({ params: { id } })) as Record<string, unknown>;
    const [whole, own, other] = [await of(hq), await of(await franchisee('fa')), await of(await franchisee('fb'))];
    expect([whole['issuedCount'], whole['usedCount']]).toEqual([2, 1]);
    expect([own['issuedCount'], own['usedCount'], own['spentFen']]).toEqual([0, 1, whole['spentFen']]);
    expect([other['issuedCount'], other['usedCount'], other['spentFen'], other['bySource']]).toEqual([0, 0, 0, []]);
    expect([own['budgetFen'], (own['input'] as { budgetFen: unknown }).budgetFen]).toEqual([null, null]);
  });
});
