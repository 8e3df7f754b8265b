import type { CheckoutPreview } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { preview as fixture } from '../../../test/fixtures/buying.mjs';
import { addressText, differenceText, fulfilOf, missingFor } from './model';

const preview = fixture('SHIP') as CheckoutPreview;

describe('the checkout', () => {
  it('offers only what the store does', () => {
    expect(fulfilOf({ canShip: true, canPickup: true }, null)).toBe('SHIP');
    expect(fulfilOf({ canShip: true, canPickup: true }, 'PICKUP')).toBe('PICKUP');
    expect(fulfilOf({ canShip: true, canPickup: false }, 'PICKUP')).toBe('SHIP');
    expect(fulfilOf({ canShip: false, canPickup: true }, 'SHIP')).toBe('PICKUP');
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
