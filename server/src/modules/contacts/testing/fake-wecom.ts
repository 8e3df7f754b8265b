import { createHash } from 'node:crypto';
import {
  type Follow,
  type MarkTagInput,
  WecomError,
  type WecomEvent,
  type WelcomeInput,
} from '../../../gateways/wecom/index.js';
import type { WecomDoor } from '../application/wecom-door.js';

/** The world as WeCom would show it: who follows whom, since when. */
export interface Person {
  unionid: string | null;
  name: string;
  follows: Map<string, { createdAtMs: number; state: string | null; tagIds?: string[] }>;
}
export const world = new Map<string, Person>();
/** The corporation's tag library; a group is gone when it has no entry. */
export const library = new Map<string, { name: string; tags: Map<string, string> }>();
/** Members for whom WeCom answers with an errcode. */
export const refusing = new Map<string, number>();
export const welcomes: WelcomeInput[] = [];
/** Calls of mark_tag as they came. */
export const marked: MarkTagInput[] = [];
/** What the next calls of mark_tag come to: `before` fails them unapplied, `after` loses their answer. */
export const marking: { before: (input: MarkTagInput) => Promise<void>; after: () => Promise<void> } = {
  before: async () => undefined,
  after: async () => undefined,
};
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
        ([userId, { createdAtMs, state, tagIds = [] }]): Follow => ({
          userId,
          createdAtMs,
          state,
          remark: '',
          description: '',
          tagIds,
          remarkMobiles: [],
          addWay: 1,
        }),
      );
      const { name, unionid } = person;
      return { contact: { externalUserId, name, unionid, avatar: '/a.png', type: 1, gender: 2 }, follows };
    },
    list: async (userId) => {
      const refusal = refusing.get(userId);
      if (refusal) throw new WecomError('externalcontact/list', refusal, 'refused');
      return [...world].filter(([, one]) => one.follows.has(userId)).map(([id]) => id);
    },
    batchGetByUser: async ([userId = '']) => {
      const contacts = [...world].flatMap(([externalUserId, { name, unionid, follows }]) => {
        const follow = follows.get(userId);
        if (!follow) return [];
        const { createdAtMs, state, tagIds = [] } = follow;
        const notes = { remark: '', description: '', remarkMobiles: [], addWay: 1 };
        return [
          {
            contact: { externalUserId, name, unionid, avatar: '/a.png', type: 1, gender: 2 },
            follow: { userId, createdAtMs, state, tagIds, ...notes },
          },
        ];
      });
      return { contacts, nextCursor: '', unlicensedUserIds: [] };
    },
  },
  tags: {
    library: async () =>
      [...library].map(([id, { name, tags }]) => ({
        id,
        name,
        order: 0,
        tags: [...tags].map(([tagId, tagName]) => ({ id: tagId, name: tagName, order: 0 })),
      })),
    mark: async (input) => {
      marked.push(input);
      await marking.before(input);
      const { add = [], remove = [] } = input;
      const refuse = (errcode: number) => new WecomError('externalcontact/mark_tag', errcode, 'refused');
      const follow = world.get(input.externalUserId)?.follows.get(input.userId);
      if (!follow) throw refuse(84061);
      const known = new Set([...library.values()].flatMap((group) => [...group.tags.keys()]));
      if ([...add, ...remove].some((id) => !known.has(id))) throw refuse(40068);
      follow.tagIds = [...new Set([...(follow.tagIds ?? []), ...add])].filter((id) => !remove.includes(id));
      await marking.after();
    },
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
