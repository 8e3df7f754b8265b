import { describe, expect, it } from '@jest/globals';
import type { GuideId, Id } from '@shuke/shared/kernel';
import { audienceProblem, audienceText } from './audience.js';
import { type Finding, mergeFindings } from './candidate.js';
import { isDone, statesBelow } from './item-state.js';
import { paceOf } from './pace.js';
import { agoText, fillWords, itemText } from './words.js';

const NOW = Date.parse('2026-11-22T00:30:00.000Z');
const finding = (more: Partial<Finding> = {}): Finding => ({
  guideId: '1' as GuideId,
  externalUserId: 'wm1',
  memberId: null,
  customerName: '周女士',
  kind: 'VIEWED_OFTEN',
  taskId: null,
  productId: '9' as Id<'product'>,
  count: 4,
  note: null,
  lastBoughtAt: new Date('2025-09-20T00:00:00.000Z'),
  moneyScore: 3,
  ...more,
});

describe('the words of an item', () => {
  it('says why this customer and why today, and fills every variable', () => {
    const [candidate] = mergeFindings([finding()], NOW);
    if (!candidate) throw new Error('no candidate');
    const names = { guide: '小林', store: '湖滨店', product: () => '岭上长款', task: () => null };
    expect(itemText(candidate, names, NOW)).toEqual({
      title: '反复看同一件，还没下单',
      reason: '3 天内看了 4 次「岭上长款」没下单；上次购买在 14 个月前',
      words:
        '周女士你好，我是湖滨店的小林。如果你在挑「岭上长款」，尺码和上身效果我可以帮你参考，也可以先留一件等你来试～',
    });
  });

  it('merges what several tasks want of one customer into one item, the strongest first', () => {
    const campaign = finding({ kind: 'ALL_CONTACTS', taskId: '5' as Id<'task'>, productId: null, count: 0 });
    const merged = mergeFindings([campaign, finding(), finding({ externalUserId: 'wm2' })], NOW);
    expect(merged.map((one) => [one.externalUserId, one.findings.map((f) => f.kind)])).toEqual([
      ['wm1', ['VIEWED_OFTEN', 'ALL_CONTACTS']],
      ['wm2', ['VIEWED_OFTEN']],
    ]);
    expect(merged[0]?.score).toBeGreaterThan(merged[1]?.score ?? 0);
    expect(merged[0]?.isDormant).toBe(true);
  });

  it('leaves no braces and no empty quotes when there is no product', () => {
    const text = fillWords('{称呼}，「{商品}」到了，{门店}{导购}', {
      customer: '王',
      guide: '李',
      store: '店',
      product: null,
    });
    expect(text).toBe('王，这件到了，店李');
  });

  it('says how long ago in the unit that people use', () => {
    const ago = (days: number) => agoText(new Date(NOW - days * 86_400_000), NOW);
    expect([ago(0), ago(1), ago(3), ago(59), ago(65), ago(800)]).toEqual([
      '今天',
      '昨天',
      '3 天前',
      '59 天前',
      '2 个月前',
      '2 年前',
    ]);
  });

  it('explains audiences and names what is missing', () => {
    expect(audienceText({ kind: 'DORMANT' })).toBe('超过 180 天没有购买的老顾客');
    expect(audienceText({ kind: 'VIEWED_PRODUCT', days: 7 }, { product: '岭上' })).toBe(
      '7 天内看过「岭上」还没有下单的好友',
    );
    expect(audienceProblem({ kind: 'TAG' })).toBe('请选择一个标签');
    expect(audienceProblem({ kind: 'NEW_MEMBER' })).toBeNull();
  });
});

describe('states and pace', () => {
  it('only lets states go up', () => {
    expect(statesBelow('SENT')).toEqual(['WAITING', 'SEEN', 'SKIPPED', 'EXPIRED', 'BLOCKED']);
    expect(statesBelow('ORDERED')).toContain('OPENED');
    expect(statesBelow('WAITING')).toEqual([]);
    expect([isDone('SENT'), isDone('SKIPPED')]).toEqual([true, false]);
  });

  it('measures pace as the median of real intervals, without pauses and double taps', () => {
    const at = (seconds: number[]) => seconds.map((one) => NOW + one * 1000);
    expect(paceOf(at([0, 30, 60]))).toBeNull();
    expect(paceOf(at([0, 30, 60, 61, 100, 140, 5000, 5050]))).toEqual({ seconds: 39, samples: 5 });
  });
});
