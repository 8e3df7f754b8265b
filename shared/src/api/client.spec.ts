import { describe, expect, it } from '@jest/globals';
import { ApiError, createApi, type WireRequest, type WireResponse } from './index.js';

function apiAnswering(answer: Partial<WireResponse>, onUnauthorized?: () => Promise<boolean>) {
  const sent: WireRequest[] = [];
  const api = createApi({
    baseUrl: 'http://shuke.test',
    transport: async (request) => {
      sent.push(request);
      return { status: 200, headers: {}, text: '{}', ...answer };
    },
    headers: () => ({ authorization: 'Bearer t' }),
    onUnauthorized,
    newKey: () => 'key-00001',
  });
  return { api, sent };
}

describe('the typed client', () => {
  it('fills path and query and leaves out what is not given', async () => {
    const { api, sent } = apiAnswering({});
    await api.mall.product({ params: { id: '12' }, query: { storeId: '7' } });
    await api.mall.products({ query: { storeId: '7', q: '羽绒 服', cursor: undefined } });
    expect(sent.map((one) => one.url)).toEqual([
      'http://shuke.test/api/m/products/12?storeId=7',
      'http://shuke.test/api/m/products?storeId=7&q=%E7%BE%BD%E7%BB%92%20%E6%9C%8D',
    ]);
  });

  it('sends an Idempotency-Key with the operations that need one', async () => {
    const { api, sent } = apiAnswering({});
    await api.mall.requestRefund({ params: { id: '1' }, body: { reason: '不合身' } });
    expect(sent[0]?.headers['idempotency-key']).toBe('key-00001');
  });

  it('throws the server’s code, message and trace id', async () => {
    const { api } = apiAnswering({ status: 409, text: '{"code":"PRICE_CHANGED","message":"价格有变","traceId":"t1"}' });
    const error = await api.mall.me().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, code: 'PRICE_CHANGED', message: '价格有变', traceId: 't1' });
  });

  it('logs in again once on 401 and gives up after that', async () => {
    let logins = 0;
    const { api, sent } = apiAnswering({ status: 401, text: '' }, async () => {
      logins += 1;
      return true;
    });
    await expect(api.mall.me()).rejects.toMatchObject({ status: 401 });
    expect([logins, sent.length]).toEqual([1, 2]);
  });
});
