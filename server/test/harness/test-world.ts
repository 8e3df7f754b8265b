import { makeMerchantKeys, makePayKeys, type World } from '../../../simulators/src/core/index.js';
import type { BrandAccounts } from '../../src/platform/config/accounts.js';

export const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
export const FRANCHISEE_A = '1600000001';
export const FRANCHISEE_B = '1600000002';
export const SERVICE_PROVIDER = '1900000100';
export const BRAND_MERCHANT = '1900000200';
const BRAND_COMPANY = '雪岭服饰有限公司';
const consumerKeys = ['lin', 'chen', 'zhou', 'guide'] as const;

/** A small world for the simulators and the server's accounts towards it, with keys made for this run. */
export function makeTestWorld(
  appid: string,
  corpId: string,
  appOrigin: string,
  extraConsumers = 0,
): { world: World; accounts: BrandAccounts } {
  const payKeys = makePayKeys(new Date('2026-01-01T00:00:00Z'));
  const sp = {
    ...makeMerchantKeys(),
    mchid: SERVICE_PROVIDER,
    name: '雪岭服务商',
    apiV3Key: 'sp-api-v3-key-sp-api-v3-key-1234',
  };
  const direct = {
    ...makeMerchantKeys(),
    mchid: BRAND_MERCHANT,
    name: BRAND_COMPANY,
    apiV3Key: 'br-api-v3-key-br-api-v3-key-1234',
  };
  const consumers = [...consumerKeys, ...Array.from({ length: extraConsumers }, (_, index) => `buyer${index}`)];
  const world: World = {
    corp: {
      corpId,
      agentId: '1000002',
      secret: 'corp-secret',
      token: 'QDG6eK',
      encodingAesKey: AES_KEY,
      callbackUrl: `${appOrigin}/wecom/callback`,
      name: '雪岭服饰',
    },
    miniapp: {
      appid,
      secret: 'app-secret',
      name: '雪岭商城',
      h5Url: `${appOrigin}/m/`,
      pushUrl: `${appOrigin}/wechat/push`,
      pushToken: 'push-token',
      pushAesKey: AES_KEY,
    },
    members: ['LAKE', 'NORTH', 'SHANG', 'PAUSE'].map((code) => ({
      userid: `G-${code}`,
      name: '林静',
      department: [1],
      contactEnabled: true,
    })),
    consumers: consumers.map((key, index) => ({
      key,
      nickname: `顾客${key}`,
      gender: 2,
      phone: `138${String(index).padStart(8, '0')}`,
      locationAllowed: true,
    })),
    merchants: [
      {
        mchid: sp.mchid,
        name: sp.name,
        kind: 'sp',
        serial: sp.serial,
        publicKeyPem: sp.publicKeyPem,
        apiV3Key: sp.apiV3Key,
        appids: [appid],
      },
      {
        mchid: direct.mchid,
        name: direct.name,
        kind: 'direct',
        serial: direct.serial,
        publicKeyPem: direct.publicKeyPem,
        apiV3Key: direct.apiV3Key,
        appids: [appid],
        maxRatio: 3000,
        returnEnabled: true,
      },
      ...[FRANCHISEE_A, FRANCHISEE_B].map((mchid) => ({
        mchid,
        name: `加盟商${mchid}`,
        kind: 'sub' as const,
        spMchid: sp.mchid,
        appids: [appid],
        maxRatio: 3000,
        returnEnabled: true,
      })),
    ],
    payKeys,
  };
  const platformKeys = { [payKeys.publicKeyId]: payKeys.publicKeyPem ?? '' };
  const account = (accountId: string, mode: 'PARTNER' | 'DIRECT', keys: typeof sp) => ({
    accountId,
    mode,
    mchid: keys.mchid,
    merchantName: keys.name,
    serialNo: keys.serial,
    privateKeyPem: keys.privateKeyPem,
    apiV3Keys: [keys.apiV3Key],
    publicKeyId: payKeys.publicKeyId,
    platformKeys,
    feeBp: 60,
  });
  const accounts: BrandAccounts = {
    appid,
    pay: [account('test-sp', 'PARTNER', sp), account('test-brand', 'DIRECT', direct)],
    brandReceiver: { mchid: BRAND_MERCHANT, name: BRAND_COMPANY },
    wecom: { corpId, agentId: '1000002', secret: 'corp-secret', token: 'QDG6eK', encodingAesKey: AES_KEY },
    miniapp: { appid, secret: 'app-secret', pushToken: 'push-token', pushAesKey: AES_KEY },
  };
  return { world, accounts };
}
