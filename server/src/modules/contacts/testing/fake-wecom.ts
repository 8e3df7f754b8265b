import { createHash } from 'node:crypto';
import { type Follow, WecomError, type WecomEvent, type WelcomeInput } from '../../../gateways/wecom/index.js';
import type { WecomDoor } from '../application/wecom-door.js';

/** The world as WeCom would show it: who follows whom, since when. */
export interface Person {
  unionid: string | null;
  name: string;
  follows: Map<string, { createdAtMs: number; state: string | null }>;
}
export const world = new Map<string, Person>();
export const welcomes: WelcomeInput[] = [];
type Answer = () => Promise<'SENT' | 'ALREADY' | 'MISSED' | 'CONSENT'>;
/** What the next greetings come to. */
export const greeting: { answer: Answer } = { answer: async () => 'SENT' };

/** A WeCom in memory for tests; the real gateway against the simulator is proved end to end. */
export const fakeWecom = (corpId: string): WecomDoor => ({
  config: { corpId, agentId: '1000002' },
  contacts: {
    get: async (externalUserId) => {
      const person = world.get(externalUserId);
      if (!person || person.follows.size === 0)
        throw new WecomError('externalcontact/get', 84061, 'not external contact');
      const follows = [...person.follows].map(
        ([userId, { createdAtMs, state }]): Follow => ({
          userId,
          createdAtMs,
          state,
          remark: '',
          description: '',
          tagIds: [],
          remarkMobiles: [],
          addWay: 1,
        }),
      );
      const { name, unionid } = person;
      return { contact: { externalUserId, name, unionid, avatar: '/a.png', type: 1, gender: 2 }, follows };
    },
    list: async (userId) => [...world].filter(([, one]) => one.follows.has(userId)).map(([id]) => id),
  },
  welcome: {
    send: async (input) => {
      welcomes.push(input);
      return greeting.answer();
    },
  },
  media: { upload: async () => ({ mediaId: 'm', expiresAtMs: 0 }) },
  oauth: { authorizeUrl: () => '', getUserInfo: async () => ({ kind: 'outsider', openid: '', externalUserId: null }) },
  jsSdk: { sign: async () => ({ timestamp: 0, nonceStr: '', signature: '' }) },
  callback: {
    verifyUrl: () => ({ ok: false, reason: 'BAD_SIGNATURE' }),
    open: (_query, raw) => {
      if (raw === 'forged') return { ok: false, reason: 'BAD_SIGNATURE' };
      const hash = createHash('sha256').update(raw).digest('hex');
      return { ok: true, event: JSON.parse(raw) as WecomEvent, hash, xml: raw };
    },
  },
});
