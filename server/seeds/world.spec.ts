import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Accounts } from '../src/platform/config/accounts.js';
import { FRANCHISEES } from './demo/franchisees.js';
import { GUIDES } from './demo/guides.js';
import { DEMO_IDS, type DemoSecrets, demoAccounts, demoPeople, demoWorld, guidePhoneKey } from './world.js';

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const keys = { publicKeyPem: pair.publicKey, privateKeyPem: pair.privateKey };
const secrets: DemoSecrets = {
  sessionSecret: 's'.repeat(64),
  serviceProvider: { serial: 'AA', apiV3Key: 'k'.repeat(32), ...keys },
  brand: { serial: 'BB', apiV3Key: 'k'.repeat(32), ...keys },
  payKeys: { publicKeyId: 'PUB_KEY_ID_01', certificates: [], ...keys },
  wecom: { secret: 'a', token: 'b', encodingAesKey: 'c'.repeat(43) },
  miniapp: { secret: 'a', pushToken: 'b', pushAesKey: 'c'.repeat(43) },
};
const world = demoWorld(secrets, 'http://127.0.0.1:7300');
const accounts = demoAccounts(secrets);

describe('the demo brand’s simulated world', () => {
  it('gives every collecting franchisee a sub-merchant of its own name under the service provider', () => {
    const subs = world.merchants.filter((one) => one.kind === 'sub').map(({ mchid, name }) => ({ mchid, name }));
    const wanted = FRANCHISEES.filter((one) => one.subMchid).map(({ subMchid, name }) => ({ mchid: subMchid, name }));
    expect(subs).toEqual(wanted);
  });

  it('names the brand’s receiver as WeChat Pay knows the merchant, because the names are compared', () => {
    const receiver = accounts.brands[0]?.brandReceiver;
    expect(world.merchants.find((one) => one.mchid === receiver?.mchid)?.name).toBe(receiver?.name);
  });

  it('gives every guide a private phone to receive a share on', () => {
    const phones = new Set(world.consumers.map((one) => one.key));
    expect(GUIDES.every(({ userid }) => phones.has(guidePhoneKey(userid)))).toBe(true);
    expect(demoPeople().guides).toHaveLength(GUIDES.length);
  });

  it('writes accounts that the server accepts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shuke-accounts-'));
    const file = join(folder, 'accounts.json');
    writeFileSync(file, JSON.stringify(accounts));
    expect(Accounts.fromFile(file).payAccount('xueling-sp')?.account.mchid).toBe(DEMO_IDS.serviceProviderMchid);
    rmSync(folder, { recursive: true });
  });
});
