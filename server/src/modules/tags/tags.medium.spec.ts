import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GuideId, MemberId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { Tags } from './application/tags.js';
import { tagInvariants } from './tags.invariants.js';

let bench: TestBench;
let tags: Tags;
const [member, other] = ['51', '52'] as MemberId[] as [MemberId, MemberId];
beforeAll(async () => {
  bench = await openTestBench();
  tags = new Tags(bench.ids, bench.clock);
});
afterAll(() => bench.close());

const write = <T>(work: Parameters<TestBench['unitOfWork']['run']>[1]) =>
  bench.unitOfWork.run('test', work) as Promise<T>;
const named = async (memberId: MemberId) =>
  (await tags.ofMember(bench.database, bench.brandId, memberId)).map((tag) => `${tag.name}:${tag.source}`);
const ensure = (name: string, kind: 'MANUAL' | 'MODEL' = 'MANUAL', groupName = '体型') =>
  write<string>(async (tx) =>
    (await tags.ensure(tx, bench.brandId, [{ groupName, name, kind }])).get(`${groupName}/${name}`),
  );
const byGuide = (tagId: string, evidence?: string) =>
  write((tx) =>
    tags.addByGuide(tx, {
      brandId: bench.brandId,
      memberId: member,
      guideId: '7' as GuideId,
      guideName: '苏晴',
      tagId: tagId as never,
      evidence,
    }),
  );

describe('tags', () => {
  it('given by a guide say who saw what, and can be taken away again', async () => {
    const id = await ensure('穿L码');
    await byGuide(id, '试穿了冰川长款');
    const [tag] = await tags.ofMember(bench.database, bench.brandId, member);
    expect(tag).toMatchObject({ name: '穿L码', source: 'MANUAL', reason: '苏晴记录：试穿了冰川长款', guideId: '7' });
    await write((tx) => tags.removeByGuide(tx, { brandId: bench.brandId, memberId: member, tagId: id as never }));
    expect(await named(member)).toEqual([]);
  });

  it('that are computed cannot be given by hand', async () => {
    const id = await ensure('高价值', 'MODEL', 'RFM');
    await expect(byGuide(id)).rejects.toMatchObject({ code: 'TAG_NOT_MANUAL' });
    await expect(byGuide('999')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a new computation replace those of the last one, for its members only', async () => {
    const put = (rows: { memberId: MemberId; name: string }[], cleared: MemberId[] = []) =>
      write((tx) =>
        tags.putModelTags(tx, {
          brandId: bench.brandId,
          groupName: 'RFM',
          rows: rows.map((row) => ({ ...row, reason: '近一年买了 5 次' })),
          cleared,
        }),
      );
    await put([
      { memberId: member, name: '高价值' },
      { memberId: other, name: '高价值' },
    ]);
    await put([{ memberId: member, name: '沉睡' }]);
    expect([await named(member), await named(other)]).toEqual([['沉睡:MODEL'], ['高价值:MODEL']]);
    await put([], [other]);
    expect(await named(other)).toEqual([]);
  });

  it('that a member has taken off are not given again by any computation or import', async () => {
    const put = () =>
      write((tx) =>
        tags.putModelTags(tx, {
          brandId: bench.brandId,
          groupName: '会员价值',
          rows: [member, other].map((memberId) => ({ memberId, name: '流失预警', reason: '去年冬天以后没有再购买' })),
        }),
      );
    await put();
    const tagId = (await ensure('流失预警', 'MODEL', '会员价值')) as never;
    const takeOff = () => write((tx) => tags.takeOffByMember(tx, { brandId: bench.brandId, memberId: member, tagId }));
    expect(await takeOff()).toBe(true);
    expect(await takeOff()).toBe(false);
    await put();
    await write((tx) =>
      tags.putImportedTags(tx, bench.brandId, [
        { memberId: member, tagId, reason: '导入', guideId: null, expiresAt: null },
      ]),
    );
    expect(await named(member)).not.toContain('流失预警:MODEL');
    expect(await named(other)).toContain('流失预警:MODEL');
    await write((tx) =>
      tags.putModelTags(tx, { brandId: bench.brandId, groupName: '会员价值', rows: [], cleared: [other] }),
    );
  });

  it('of a guide are not overwritten by an import of the same tag', async () => {
    const id = await ensure('怕冷');
    await byGuide(id, '冬天常问长款');
    await write((tx) =>
      tags.putImportedTags(tx, bench.brandId, [
        { memberId: member, tagId: id as never, reason: '导入', guideId: null, expiresAt: null },
      ]),
    );
    expect(await named(member)).toContain('怕冷:MANUAL');
  });

  it('end at their instant, before the row is removed', async () => {
    const id = await ensure('近期到店');
    const expiresAt = new Date(bench.clock.now() + 1000);
    await write((tx) =>
      tags.putImportedTags(tx, bench.brandId, [
        { memberId: other, tagId: id as never, reason: '扫码', guideId: null, expiresAt },
      ]),
    );
    expect(await named(other)).toEqual(['近期到店:IMPORTED']);
    bench.clock.advance(1000);
    expect(await named(other)).toEqual([]);
    expect(await write((tx) => tags.dropExpired(tx))).toBeGreaterThanOrEqual(1);
    for (const one of tagInvariants) expect(await one.check(bench.database, bench.brandId)).toEqual([]);
  });
});
