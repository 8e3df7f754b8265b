import { describe, expect, it } from 'vitest';
import type { Preview } from './api';
import { assetText, mergeVerdict, readPhones, scoreText } from './model';

const preview = (change: Partial<Preview>): Preview =>
  ({ canMerge: true, blockers: [], effects: [], ...change }) as Preview;
const blocker = (isFinal: boolean) => ({ code: 'PHONES_DIFFER' as const, text: '两边的手机号不同', isFinal });

describe('the verdict over a preview', () => {
  it('refuses a final blocker and names it', () => {
    expect(mergeVerdict(preview({ canMerge: false, blockers: [blocker(true)] }))).toEqual({
      canMerge: false,
      text: '两边的手机号不同',
    });
  });
  it('lets a person decide about a blocker that is not final', () => {
    const { canMerge, text } = mergeVerdict(preview({ blockers: [blocker(false)] }));
    expect(canMerge).toBe(true);
    expect(text).toContain('1 处');
  });
  it('does not trust a clean list when the server says no', () => {
    expect(mergeVerdict(preview({ canMerge: false })).canMerge).toBe(false);
  });
});

describe('words', () => {
  it('do not oversell a weak score', () => {
    expect([scoreText(30), scoreText(60), scoreText(95)]).toEqual(['线索较弱', '有可能，仔细看', '很可能是同一人']);
  });
  it('carry the sign of an asset', () => {
    expect([assetText('WALLET', 1200), assetText('WALLET', -50), assetText('POINTS', -300)]).toEqual([
      '+¥12.00',
      '−¥0.50',
      '−300',
    ]);
  });
});

describe('pasted phones', () => {
  it('are read once each, and what is no phone is named', () => {
    expect(readPhones('13800000001，13800000001\n13900000002; 1234')).toEqual({
      phones: ['13800000001', '13900000002'],
      wrong: ['1234'],
    });
  });
});
