import { describe, expect, it } from '@jest/globals';
import { asId } from '@shuke/shared/kernel';
import { type CurrentBinding, decideBinding, type IncomingGuide } from './decide-binding.js';

const NOW = Date.parse('2026-11-22T02:00:00.000Z');
const incoming = (over: Partial<IncomingGuide> = {}): IncomingGuide => ({
  way: 'WECOM_FRIEND',
  guideId: asId<'guide'>('2'),
  guideName: '苏晴',
  storeId: asId<'store'>('20'),
  storeName: '湖滨店',
  isActive: true,
  isSelf: false,
  ...over,
});
const current = (over: Partial<CurrentBinding> = {}): CurrentBinding => ({
  guideId: asId<'guide'>('1'),
  guideName: '何为',
  storeId: asId<'store'>('10'),
  isActive: true,
  protectedUntilMs: NOW + 1,
  ...over,
});
const decide = (a: Partial<IncomingGuide>, b: Partial<CurrentBinding> | null, now = NOW) =>
  decideBinding(incoming(a), b && current(b), now);

describe('the replacement table of guide bindings', () => {
  it.each([
    ['a first guide binds, by whatever way', decide({ way: 'GUIDE_LINK' }, null), 'BOUND', '成为专属导购'],
    ['a guide who has left binds nobody', decide({ isActive: false }, null), 'REFUSED', '已离职'],
    ['a guide does not bind themself', decide({ isSelf: true }, null), 'REFUSED', '自己的专属导购'],
    ['the same guide again changes nothing', decide({ guideId: asId<'guide'>('1') }, {}), 'KEPT', '本来就是'],
    ['a protected binding is kept', decide({}, {}), 'KEPT', '保护期到 2026年11月22日'],
    ['headquarters may assign through the protection', decide({ way: 'ASSIGN' }, {}), 'REPLACED', '由总部指定'],
    ['a leaver protects nothing', decide({}, { isActive: false }), 'REPLACED', '已离职'],
    ['a new friend replaces an open binding', decide({}, { protectedUntilMs: NOW }), 'REPLACED', '保护期已过'],
    ['a card replaces an open binding', decide({ way: 'GUIDE_CARD' }, { protectedUntilMs: 0 }), 'REPLACED', '名片'],
    ['a forwarded link replaces nothing', decide({ way: 'GUIDE_LINK' }, { protectedUntilMs: 0 }), 'KEPT', '不会更换'],
    ['an import replaces nothing', decide({ way: 'IMPORT' }, { protectedUntilMs: 0 }), 'KEPT', '不会更换'],
  ])('%s', (_title, decision, result, words) => {
    expect(decision.result).toBe(result);
    expect(decision.reason).toContain(words);
  });

  it('keeps every reason within the column that stores it', () => {
    const long = '欧阳'.repeat(10);
    const reason = decide({ guideName: long, storeName: long }, null).reason;
    expect([...reason].length).toBeLessThan(200);
  });
});
