import type { ProductDetail } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { product as fixture } from '../../../test/fixtures/goods.mjs';
import {
  firstChoice,
  galleryOf,
  missingText,
  nextPriceSort,
  priceStory,
  rememberWord,
  sizesOf,
  skuOf,
  stockText,
} from './model';

const product = fixture('101') as ProductDetail;

describe('stock honesty', () => {
  it('says how few are left and nothing when there are plenty', () => {
    expect([stockText(0), stockText(1), stockText(5), stockText(6)]).toEqual([
      '已售罄',
      '仅剩 1 件',
      '仅剩 5 件',
      null,
    ]);
  });
});

describe('choosing a SKU', () => {
  it('starts with a colour in stock and leaves the size to the person', () => {
    expect(firstChoice(product)).toEqual({ colour: '雪白', size: null });
  });

  it('skips a colour that is sold out', () => {
    const skus = product.skus.map((sku) => (sku.colour === '雪白' ? { ...sku, available: 0 } : sku));
    expect(firstChoice({ ...product, skus }).colour).toBe('松针绿');
  });

  it('shows what is left of each size of the colour', () => {
    expect(sizesOf(product, '雪白').map(({ available }) => available)).toEqual([8, 2, 12, 0]);
  });

  it('names what is missing', () => {
    expect(missingText({ colour: '雪白', size: null }, null)).toBe('请选择尺码');
    const out = skuOf(product, { colour: '雪白', size: '170/XL' });
    expect(missingText({ colour: '雪白', size: '170/XL' }, out)).toBe('这个尺码在本店已售罄');
    const left = skuOf(product, { colour: '雪白', size: '160/M' });
    expect(missingText({ colour: '雪白', size: '160/M' }, left)).toBeNull();
  });

  it('puts the chosen colour first in the gallery and repeats nothing', () => {
    const gallery = galleryOf(product, '松针绿');
    expect(gallery[0]).toBe(product.colours[1]?.imageUrl);
    expect(new Set(gallery).size).toBe(gallery.length);
  });
});

describe('the price story', () => {
  it('explains what this store takes off the list price', () => {
    expect(priceStory(product, null, '湖滨店')).toEqual({
      priceFen: 129_900,
      listPriceFen: 149_900,
      isFrom: false,
      text: '吊牌价 ¥1,499，湖滨店优惠 ¥200',
    });
  });

  it('says 起 while SKUs differ and none is chosen', () => {
    const skus = product.skus.map((sku, index) => (index === 3 ? { ...sku, priceFen: 139_900 } : sku));
    expect(priceStory({ ...product, skus }, null, '店').isFrom).toBe(true);
    expect(priceStory({ ...product, skus }, skus[3] ?? null, '店')).toMatchObject({ priceFen: 139_900, isFrom: false });
  });
});

describe('search words', () => {
  it('keeps ten, newest first, none twice', () => {
    const many = Array.from({ length: 10 }, (_, index) => `词${index}`);
    expect(rememberWord(many, ' 词4 ').slice(0, 2)).toEqual(['词4', '词0']);
    expect(rememberWord(many, '新词')).toHaveLength(10);
    expect(rememberWord(['a'], '  ')).toEqual(['a']);
  });

  it('sorts by price the other way round when it is asked again', () => {
    expect([nextPriceSort('recommended'), nextPriceSort('price-asc'), nextPriceSort('price-desc')]).toEqual([
      'price-asc',
      'price-desc',
      'price-asc',
    ]);
  });
});
