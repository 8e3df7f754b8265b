import type { Id } from '@shuke/shared/kernel';
import { businessDay, DAY_MS } from '@shuke/shared/kernel';
import { GuideCodes } from '../../src/modules/guides/index.js';
import { Organization } from '../../src/modules/organization/index.js';
import { SplitRules } from '../../src/modules/settlement/index.js';
import { Tags } from '../../src/modules/tags/index.js';
import type { Desk } from '../../src/platform/access/actor.js';
import { Database } from '../../src/platform/database/database.js';
import { TAG_GROUPS } from '../demo/brand.js';
import { asStep, inOneStep, mapAtMost, type SeedContext } from './seed-context.js';

const GUIDE_CATEGORIES = ['毛衣内搭', '配饰'];
const CODES_AT_ONCE = 6;

/** The tags that guides may give by hand. */
export const fillTagLibrary = (context: SeedContext): Promise<void> =>
  inOneStep(context, 'tags', async (tx) => {
    const drafts = TAG_GROUPS.flatMap(({ name: groupName, tags }) =>
      tags.map((name) => ({ groupName, name, kind: 'MANUAL' as const })),
    );
    await context.app.get(Tags).ensure(tx, context.brandId, drafts);
  });

/** Version 1 of the split rule in force, version 2 as a draft for headquarters to look at. */
export async function setSplitRules(context: SeedContext): Promise<void> {
  const { app, brandId } = context;
  const rules = app.get(SplitRules);
  const hq: Desk = { kind: 'hq', brandId, userId: brandId as Id as Id<'user'>, name: '总部运营' };
  const categories = await app
    .get(Database)
    .query<{ id: Id<'category'>; name: string }>('SELECT id, name FROM category WHERE brand_id = ?', [brandId]);
  const categoryIds = categories.filter(({ name }) => GUIDE_CATEGORIES.includes(name)).map(({ id }) => id);
  const legs = (brandBp: number, guideBp: number) => [
    { party: 'BRAND' as const, ratioBp: brandBp, storeKinds: ['FRANCHISE' as const], note: '品牌使用与供货服务' },
    { party: 'GUIDE' as const, ratioBp: guideBp, note: '导购佣金' },
    { party: 'GUIDE' as const, ratioBp: 800, categoryIds, note: '毛衣内搭与配饰加码' },
  ];
  const known = await rules.list(brandId);
  if (!known.some((rule) => rule.version === 1)) await rules.draft(hq, { name: '冬季加盟分润', legs: legs(1800, 500) });
  if (!known.some((rule) => rule.state === 'PUBLISHED')) await rules.publish(hq, 1);
  if (!known.some((rule) => rule.version === 2)) {
    const season = businessDay(context.clock.now() + 40 * DAY_MS).slice(0, 4);
    await rules.draft(hq, { name: `${season} 春季草案：导购 6%`, legs: legs(1700, 600) });
  }
}

/** The two codes of every guide: 联系我 of WeCom, and the picture of the mini-program code. */
export const makeGuideCodes = (context: SeedContext): Promise<void> =>
  asStep(context, 'guide codes', async () => {
    const { app, brandId } = context;
    const organization = app.get(Organization);
    organization.forget(brandId);
    const codes = app.get(GuideCodes);
    await mapAtMost(CODES_AT_ONCE, await organization.guides(brandId), async (guide) => {
      await codes.ensureContactWay(guide);
      await codes.guideCodePicture(guide);
    });
  });
