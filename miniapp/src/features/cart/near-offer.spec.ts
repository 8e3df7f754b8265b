import type { CheckoutPreview, PromotionCard } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { preview as previewFixture } from '../../../test/fixtures/buying.mjs';
import { promotions } from '../../../test/fixtures/promotions.mjs';
import { addOnWords, type NearPromotion, nearestOffer } from './near-offer';

const preview = previewFixture() as CheckoutPreview;
const addOn = (promotions as PromotionCard[]).find((one) => one.kind === 'ADD_ON') as PromotionCard;
const near = (promotionId: string, lackFen: number | null): NearPromotion => ({
  promotionId,
  label: '满减',
  name: '满减',
  failing: `差 ${lackFen}`,
  lackFen,
});
const withNear = (...list: NearPromotion[]): CheckoutPreview => ({
  ...preview,
  goodsFen: 100_000,
  offers: { ...(preview.offers as NonNullable<CheckoutPreview['offers']>), nearPromotions: list },
});

describe('offers that are nearly reached', () => {
  it('names the one that the least money is missing for', () => {
    expect(nearestOffer(withNear(near('1', 90_000), near('2', 20_000)), [])?.promotionId).toBe('2');
    expect(nearestOffer(withNear(near('1', 90_000), near('2', 20_000)), ['2'])?.promotionId).toBe('1');
  });

  it('stays silent about what is far away or needs something else than money', () => {
    expect(nearestOffer(withNear(near('1', 100_100), near('2', null)), [])).toBeNull();
    expect(nearestOffer(preview, [])).toBeNull();
  });

  it('tells of an add-on what is missing, that one may be chosen, and what it saves', () => {
    expect(addOnWords(addOn, null)).toBe(addOn.text);
    expect(addOnWords(addOn, withNear({ ...near(addOn.id, 10_100), failing: '再买 ¥101，可以换购' }))).toBe(
      '再买 ¥101，可以换购',
    );
    const step = { label: addOn.label, amountFen: -26_000, explain: `${addOn.name}：换购价` };
    expect(addOnWords(addOn, { ...preview, steps: [step] })).toBe('已换购，省 ¥260');
  });
});
