import type { PromotionCard } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { promotions } from '../../../test/fixtures/promotions.mjs';
import { cutPercent, dealOf, hasDeposit, leftPiecesText, tagsOf, takenPercent, takeOf } from './model';

const cards = promotions as PromotionCard[];
const seckill = cards.find((one) => one.kind === 'SECKILL')!;
const presale = cards.find((one) => one.kind === 'PRESALE')!;
const piece = seckill.items[0]!;

describe('promotions as the mall shows them', () => {
  it('pain-09 never offers a piece whose slice is gone', () => {
    expect(takeOf(seckill, piece)).toEqual({ canTake: true, text: '马上抢' });
    expect(takeOf(seckill, { ...piece, leftQty: 0 })).toEqual({ canTake: false, text: '抢完了' });
    expect(takeOf({ ...seckill, kind: 'GROUP_BUY' }, { ...piece, leftQty: null, isHere: false })).toEqual({
      canTake: false,
      text: '本店没货',
    });
    expect(takeOf({ ...seckill, state: 'SCHEDULED' }, piece)).toEqual({ canTake: false, text: '还没开始' });
    expect(takeOf({ ...seckill, state: 'ENDED' }, piece)).toEqual({ canTake: false, text: '已结束' });
  });

  it('says what is left honestly', () => {
    expect(leftPiecesText({ ...piece, leftQty: 5, sliceQty: 5 })).toBe('还有 5 件');
    expect(leftPiecesText({ ...piece, leftQty: 1, sliceQty: 5 })).toBe('只剩 1 件');
    expect(leftPiecesText({ ...piece, leftQty: null, sliceQty: null })).toBeNull();
    expect(takenPercent({ ...piece, leftQty: 2, sliceQty: 5 })).toBe(60);
  });

  it('tags a product with its own promotions only', () => {
    expect(tagsOf(cards, piece.productId).map((tag) => tag.text)).toEqual(['秒杀 ¥1,169', '拼团 ¥1,199']);
    expect(tagsOf(cards, '999')).toEqual([]);
    const gone = [{ ...seckill, items: [{ ...piece, leftQty: 0 }] }];
    expect(tagsOf(gone, piece.productId)).toEqual([]);
  });

  it('takes the lowest price of the chosen size as the deal', () => {
    expect(dealOf(cards, piece.productId, piece.skuId)?.card.id).toBe(seckill.id);
    expect(dealOf(cards, piece.productId, '1')).toBeNull();
    expect(dealOf(cards, piece.productId, null)?.item.priceFen).toBe(116_900);
  });

  it('knows a presale with a deposit and how far a bargain is', () => {
    expect(hasDeposit(presale)).toBe(true);
    expect(takeOf(presale, presale.items[0]!).text).toBe('付定金');
    expect(cutPercent({ startFen: 10_000, nowFen: 7_000, floorFen: 4_000 })).toBe(50);
    expect(cutPercent({ startFen: 10_000, nowFen: 10_000, floorFen: 10_000 })).toBe(100);
  });
});
