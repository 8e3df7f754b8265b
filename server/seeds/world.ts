import { CONSUMERS } from './demo/consumers.js';
import { FRANCHISEES } from './demo/franchisees.js';
import { GUIDES } from './demo/guides.js';
import { templatesAtWechat } from './demo/notices.js';

export const DEMO_IDS = {
  corpId: 'ww7a1c3f5e9b2d4068',
  agentId: '1000002',
  appid: 'wx5d2c7e9a1b3f4860',
  serviceProviderMchid: '1900000100',
  brandMchid: '1900000200',
} as const;

const BRAND_COMPANY = '雪岭服饰有限公司';
/** A franchisee may give away at most this part of an order, as WeChat Pay grants it by default. */
const MAX_RATIO_BP = 3000;
const FEE_BP = 60;

interface SigningKeys {
  serial: string;
  publicKeyPem: string;
  privateKeyPem: string;
  apiV3Key: string;
}

/** What is secret in the demo; made once and kept, so that a restart speaks with the same keys. */
export interface DemoSecrets {
  sessionSecret: string;
  serviceProvider: SigningKeys;
  brand: SigningKeys;
  payKeys: {
    publicKeyId: string;
    publicKeyPem?: string;
    privateKeyPem: string;
    certificates: { serial: string; certPem: string; privateKeyPem: string }[];
  };
  wecom: { secret: string; token: string; encodingAesKey: string };
  miniapp: { secret: string; pushToken: string; pushAesKey: string };
}

/** The key of the private phone of a guide: guides are people with WeChat, too, and receive their share there. */
export const guidePhoneKey = (userid: string): string => `guide-${userid.toLowerCase()}`;

/**
 * The simulated world of the demo brand: its people, merchants and keys as the vendors know them.
 *
 * @param secrets the demo's own keys
 * @param appOrigin where the server listens, for callbacks and pictures
 */
export function demoWorld(secrets: DemoSecrets, appOrigin: string) {
  const picture = (path: string) => `${appOrigin}${path}`;
  const { serviceProvider, brand, payKeys, wecom, miniapp } = secrets;
  const appids = [DEMO_IDS.appid];
  const signed = ({ serial, publicKeyPem, apiV3Key }: SigningKeys) => ({ serial, publicKeyPem, apiV3Key });
  const common = { appids, maxRatio: MAX_RATIO_BP, returnEnabled: true, feeRate: FEE_BP };
  const subs = FRANCHISEES.flatMap(({ name, subMchid }) =>
    subMchid ? [{ mchid: subMchid, name, kind: 'sub', spMchid: DEMO_IDS.serviceProviderMchid, ...common }] : [],
  );
  return {
    corp: {
      corpId: DEMO_IDS.corpId,
      agentId: DEMO_IDS.agentId,
      ...wecom,
      callbackUrl: `${appOrigin}/wecom/callback`,
      name: '雪岭服饰',
    },
    miniapp: {
      appid: DEMO_IDS.appid,
      ...miniapp,
      name: '雪岭商城',
      h5Url: `${appOrigin}/m/`,
      pushUrl: `${appOrigin}/wechat/push`,
      templates: templatesAtWechat(),
    },
    members: GUIDES.map(({ userid, name, avatar, position }) => ({
      userid,
      name,
      avatar: picture(avatar),
      department: [1],
      position,
      contactEnabled: true,
    })),
    consumers: [
      ...CONSUMERS.map(({ story: _, avatar, ...person }) => ({ ...person, avatar: picture(avatar) })),
      ...GUIDES.map(({ userid, name, avatar, gender, phone }) => ({
        key: guidePhoneKey(userid),
        nickname: name,
        avatar: picture(avatar),
        gender,
        phone,
        staff: true,
      })),
    ],
    merchants: [
      { mchid: DEMO_IDS.serviceProviderMchid, name: '雪岭服务商', kind: 'sp', ...signed(serviceProvider), ...common },
      { mchid: DEMO_IDS.brandMchid, name: BRAND_COMPANY, kind: 'direct', ...signed(brand), ...common },
      ...subs,
    ],
    payKeys,
  };
}

/** The server's credentials towards that world, as the file behind ACCOUNTS_FILE. */
export function demoAccounts({ serviceProvider, brand, payKeys, wecom, miniapp }: DemoSecrets) {
  const account = (keys: SigningKeys) => ({
    serialNo: keys.serial,
    privateKeyPem: keys.privateKeyPem,
    apiV3Keys: [keys.apiV3Key],
    publicKeyId: payKeys.publicKeyId,
    platformKeys: { [payKeys.publicKeyId]: payKeys.publicKeyPem },
    feeBp: FEE_BP,
  });
  return {
    brands: [
      {
        appid: DEMO_IDS.appid,
        pay: [
          {
            accountId: 'xueling-sp',
            mode: 'PARTNER',
            mchid: DEMO_IDS.serviceProviderMchid,
            merchantName: '雪岭服务商',
            ...account(serviceProvider),
          },
          {
            accountId: 'xueling-brand',
            mode: 'DIRECT',
            mchid: DEMO_IDS.brandMchid,
            merchantName: BRAND_COMPANY,
            ...account(brand),
          },
        ],
        brandReceiver: { mchid: DEMO_IDS.brandMchid, name: BRAND_COMPANY },
        wecom: { corpId: DEMO_IDS.corpId, agentId: DEMO_IDS.agentId, ...wecom },
        miniapp: { appid: DEMO_IDS.appid, ...miniapp },
      },
    ],
  };
}

/** Everybody who has a phone in the demo, by the key the simulators know them by. */
export const demoPeople = () => ({
  consumers: CONSUMERS.map(({ key }) => key),
  guides: GUIDES.map(({ userid }) => ({ userid, key: guidePhoneKey(userid) })),
});
