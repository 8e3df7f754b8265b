import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop } from '../../../test/harness/shop.js';
import { Catalog } from '../catalog/index.js';
import { SplitRules } from './application/rules.js';

let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(async () => bench.close());

it('gives drafts of the same instant a version each', async () => {
  bench.brandId = bench.ids.next<'brand'>();
  const { hq } = await openTestShop(bench);
  const rules = new SplitRules(bench.database, bench.unitOfWork, new Catalog(bench.database));
  const before = (await rules.list(bench.brandId)).length;
  const drafts = await Promise.all(
    Array.from({ length: 8 }, (_, at) => rules.draft(hq, { name: `起草 ${at}`, legs: [] })),
  );
  const versions = drafts.map(({ version }) => version).sort((a, b) => a - b);
  expect(versions).toEqual(Array.from({ length: 8 }, (_, at) => before + at + 1));
});

it('puts one of the drafts in force that are published at the same instant, and tells the others to look again', async () => {
  bench.brandId = bench.ids.next<'brand'>();
  const { hq } = await openTestShop(bench);
  const rules = new SplitRules(bench.database, bench.unitOfWork, new Catalog(bench.database));
  const drafts = await Promise.all(['甲', '乙', '丙'].map((name) => rules.draft(hq, { name, legs: [] })));
  // The brand's row is held until all of them have seen what is in force: that is what one instant means.
  const instant = bench.unitOfWork.run('one instant', async (tx) => {
    await tx.query('SELECT id FROM brand WHERE id = ? FOR UPDATE', [bench.brandId]);
    await new Promise((resume) => setTimeout(resume, 300));
  });
  await new Promise((resume) => setTimeout(resume, 50));
  const versions = [...drafts, drafts[0] as (typeof drafts)[0]].map((one) => one.version);
  const ends = await Promise.allSettled(versions.map((version) => rules.publish(hq, version)));
  await instant;
  const codes = ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as { code?: string }).code] : []));
  expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
  for (const code of codes) expect(['CONFLICT', 'RULE_NOT_DRAFT']).toContain(code);
  expect((await rules.list(bench.brandId)).filter((one) => one.state === 'PUBLISHED')).toHaveLength(1);
});
