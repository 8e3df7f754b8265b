import type { CheckoutPreview } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { preview as fixture } from '../../../test/fixtures/buying.mjs';
import {
  addressText,
  couponLine,
  differenceText,
  dueOf,
  fulfilOf,
  missingFor,
  NOTHING_CHOSEN,
  nextPoints,
  wishBody,
} from './model';

const preview = fixture('SHIP') as CheckoutPreview;

describe('the checkout', () => {
  it('offers only what the store does', () => {
    expect(fulfilOf({ canShip: true, canPickup: true }, null)).toBe('SHIP');
    expect(fulfilOf({ canShip: true, canPickup: true }, 'PICKUP')).toBe('PICKUP');
    expect(fulfilOf({ canShip: true, canPickup: false }, 'PICKUP')).toBe('SHIP');
    expect(fulfilOf({ canShip: false, canPickup: true }, 'SHIP')).toBe('PICKUP');
  });

  it('delivers only from stores that do, and asks for a slot', () => {
    const both = { canShip: true, canPickup: true };
    expect(fulfilOf({ ...both, canDeliver: true }, 'DELIVERY')).toBe('DELIVERY');
    expect(fulfilOf(both, 'DELIVERY')).toBe('SHIP');
    expect(missingFor({ ...preview, fulfil: 'DELIVERY' }, false)).toBe('请先选择送达时段');
    expect(missingFor({ ...preview, fulfil: 'DELIVERY' }, true)).toBeNull();
  });

  it('pays a deposit first, and nothing when points and wallet pay all of it', () => {
    const plan = { depositFen: 5_000, tailFen: 200_000, tailFrom: '', tailUntil: '', forfeits: false };
    expect(dueOf({ ...preview, presale: plan })).toBe(5_000);
    expect(dueOf(preview)).toBe(preview.totalFen);
  });

  it('pain-04 names what a coupon saves, or that the others can be looked up with their reasons', () => {
    const coupons = { bestIds: [], bestFen: 0, reason: '', usable: [], unusable: [] };
    const offers = {
      coupons,
      points: { available: 0, usable: 0, usableFen: 0 },
      wallet: { availableFen: 0, usableFen: 0 },
    };
    const other = { couponId: '1', name: '满减券', failing: '还没到门槛', lackFen: 100 };
    const money = { promotionFen: 0, couponFen: 5_000, pointsFen: 0, pointsUsed: 0, walletFen: 0, cashFen: 1 };
    expect(couponLine({ ...preview, money, offers }, NOTHING_CHOSEN)).toBe('−¥50');
    expect(
      couponLine({ ...preview, offers: { ...offers, coupons: { ...coupons, unusable: [other] } } }, NOTHING_CHOSEN),
    ).toBe('没有能用的券，看看原因');
  });

  it('sends only what is chosen, and steps points between nothing and all', () => {
    expect(wishBody(NOTHING_CHOSEN)).toEqual({});
    expect(wishBody({ couponIds: ['7'], points: 200, usesWallet: false, noGifts: true })).toEqual({
      couponIds: ['7'],
      points: 200,
      noGifts: true,
    });
    expect(nextPoints(0, 1, 860)).toBe(100);
    expect(nextPoints(800, 1, 860)).toBe(860);
    expect(nextPoints(50, -1, 860)).toBe(0);
  });

  it('says the price difference plainly', () => {
    expect(differenceText(209_800, 219_800)).toBe('比刚才多 ¥100');
    expect(differenceText(209_800, 209_750)).toBe('比刚才少 ¥0.50');
    expect(differenceText(1, 1)).toBe('总价没有变，只是明细更新了');
  });

  it('asks for an address before shipping and not before pickup', () => {
    expect(missingFor({ ...preview, address: null })).toBe('请先选择收货地址');
    expect(missingFor({ ...preview, fulfil: 'PICKUP', address: null })).toBeNull();
    expect(missingFor(null)).toBe('正在计算价格');
  });

  it('does not repeat the city of a municipality', () => {
    const address = {
      ...preview.address!,
      province: '上海市',
      city: '上海市',
      district: '静安区',
      detail: '南京西路 1 号',
    };
    expect(addressText(address)).toBe('上海市静安区南京西路 1 号');
  });
});
