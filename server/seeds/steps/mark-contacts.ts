import type { Actors } from './actors.js';
import { asStep, type SeedContext } from './seed-context.js';

/**
 * Tags that the brand's administrator keeps in WeCom itself. The last group is one of ours under the same name, so what guides
 * give of it in the sidebar is written to WeCom; the others are read-only there.
 */
const GROUPS: readonly (readonly [group: string, names: readonly string[]])[] = [
  ['客户来源', ['门店扫码', '老客带新', '社区活动']],
  ['沟通偏好', ['喜欢语音', '只看图', '晚上再联系']],
  ['在意什么', ['怕冷', '怕臃肿', '看重面料', '看重价格']],
];
const DEMO_GUIDE = 'G0001';
const MARKS: Readonly<Record<string, readonly string[]>> = {
  lin: ['门店扫码', '晚上再联系', '怕冷'],
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
