import type { Actors } from './actors.js';
import { asStep, type SeedContext } from './seed-context.js';

/** Tags that the brand's administrator keeps in WeCom itself; they are mirrored and read-only beside ours. */
const GROUPS: readonly (readonly [group: string, names: readonly string[]])[] = [
  ['客户来源', ['门店扫码', '老客带新', '社区活动']],
  ['沟通偏好', ['喜欢语音', '只看图', '晚上再联系']],
];
const DEMO_GUIDE = 'G0001';
const MARKS: Readonly<Record<string, readonly string[]>> = {
  lin: ['门店扫码', '晚上再联系'],
  mei: ['老客带新', '喜欢语音'],
  min: ['只看图'],
  qiao: ['社区活动'],
};

interface Made {
  result: { tag: { id: string; name: string }[] };
}

/** The demo's guide has marked some of her customers in WeCom's own client. */
export const markContacts = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'tags of WeCom', async () => {
    const ids = new Map<string, string>();
    for (const [groupName, names] of GROUPS) {
      const made = await actors.control<Made>('wecom/human/create-tag', { groupName, names });
      for (const { id, name } of made.result.tag) ids.set(name, id);
    }
    for (const [consumer, names] of Object.entries(MARKS)) {
      const add = names.map((name) => ids.get(name));
      await actors.control('wecom/human/tag', { userid: DEMO_GUIDE, consumer, add });
    }
  });
