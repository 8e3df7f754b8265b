import { describe, expect, it } from 'vitest';
import { EMPTY, type ProductDraft, productProblem, readyInput, skusOf } from './edit-model';

const whole: ProductDraft = {
  ...EMPTY,
  code: 'DW2601',
  categoryId: '11',
  name: '长款羽绒服',
  images: ['/files/a.png'],
  colours: [{ name: '墨黑', hex: '#222222', imageUrl: '/files/a.png' }],
  skus: [{ code: 'DW2601-1-M', colour: '墨黑', size: 'M' }],
  listPriceFen: 10_000,
  floorFen: 8000,
  ceilingFen: 10_000,
};

describe('SKUs of colours and sizes', () => {
  it('add what is missing and keep what exists with its id', () => {
    const have = [{ id: '9', code: 'OLD-M', colour: '墨黑', size: 'M' }];
    const made = skusOf('DW2601', ['墨黑', '雾白'], ['M', 'L'], have);
    expect(made[0]).toEqual(have[0]);
    expect(made.slice(1).map((sku) => sku.code)).toEqual(['DW2601-1-L', 'DW2601-2-M', 'DW2601-2-L']);
  });
  it('drop nothing when a colour goes, and never give a code twice', () => {
    const have = [{ id: '9', code: 'A-1-M', colour: '墨黑', size: 'M' }];
    const made = skusOf('A', ['雾白'], ['M'], have);
    expect(made).toHaveLength(2);
    expect(new Set(made.map((sku) => sku.code)).size).toBe(2);
  });
});

describe('a product', () => {
  it('is saved when whole, and says the first thing that is missing', () => {
    expect(productProblem(whole)).toBeNull();
    expect(productProblem({ ...whole, images: [] })).toBe('至少传一张图片');
    expect(productProblem({ ...whole, skus: [] })).toMatch('至少要有一个规格');
    expect(productProblem({ ...whole, code: '款号' })).toMatch('款号只能');
    expect(productProblem({ ...whole, floorFen: 10_001 })).toMatch('高于最高价');
  });
  it('is sent only with all of its prices; one that nobody typed is not zero', () => {
    expect(readyInput(whole)).toEqual(whole);
    expect(readyInput({ ...whole, floorFen: null })).toBeNull();
    expect(readyInput({ ...whole, name: ' ' })).toBeNull();
    expect(productProblem({ ...whole, listPriceFen: null, ceilingFen: null })).toBe('写上标价、门店最高价');
  });
});
