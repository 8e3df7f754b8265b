import { describe, expect, it } from 'vitest';
import { type CodeKind, codeKind, elsewhereText, foreignText } from '../src/data/shown-code';
import { undoWords } from '../src/data/use-undo-words';

describe('what was shown at the counter', () => {
  it.each<[string, CodeKind]>([
    ['281234567890123456', 'MEMBER'],
    ['291234 567890 123456', 'MEMBER'],
    ['134567890123456789', 'WECHAT_PAY'],
    ['483920415577', 'COUPON'],
    ['SK1.AbCd-_09', 'COUPON'],
    ['2048163512', 'PICKUP'],
    ['K7M2P9QX', 'EXCHANGE'],
    ['k7m2p9qxh', 'RETURN'],
    ['6901234567892', 'GOODS'],
    ['20261122123456789012', 'ORDER_NO'],
    ['https://u.wechat.com/abc', 'LINK'],
    ['wxp://f2f0abc', 'LINK'],
    ['  ', 'EMPTY'],
    ['客人的名字', 'UNKNOWN'],
  ])('%s is told by its shape', (text, kind) => {
    expect(codeKind(text)).toBe(kind);
  });

  it('is named plainly, with what to do now', () => {
    expect(foreignText('', 'PICKUP')).toBe('没有扫到内容，请对准了再扫一次');
    expect(foreignText('281234567890123456', 'PICKUP')).toBe('看起来是会员码或付款码，请到「扫一扫 → 会员」里查');
    expect(foreignText('6901234567892', 'COUPON')).toBe('这是商品条码，请客人打开小程序里的券码再扫');
    expect(foreignText('??', 'RETURN')).toBe('这不像退货码，请客人打开小程序里的退货码核对一下');
  });

  it('is sent to another desk only when its shape belongs there', () => {
    expect(elsewhereText('2048163512', 'PICKUP')).toBeNull();
    expect(elsewhereText('6901234567892', 'PICKUP')).toBeNull();
    expect(elsewhereText('2048163512', 'EXCHANGE')).toContain('「扫一扫 → 取货」');
  });
});

describe('the words about undoing', () => {
  it("say the brand's minutes to a guide, and that a manager may at any time", () => {
    expect(undoWords(false, 3).hint).toContain('3 分钟内你自己可以撤销');
    expect(undoWords(false, 0).note).toBe('要撤销请店长来');
    expect(undoWords(false, undefined).hint).not.toMatch(/分钟/);
    expect(undoWords(true, 3).hint).toContain('店长随时');
  });
});
