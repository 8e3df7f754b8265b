import { describe, expect, it } from 'vitest';
import { type Editor, EMPTY, inputOf, type ProductDraft, productProblem, readyInput, skusOf } from './edit-model';

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
  it('names the colour or the SKU that is wrong', () => {
    const [sku] = whole.skus as [ProductDraft['skus'][number]];
    const withColours = (...names: string[]) => ({
      ...whole,
      colours: names.map((name) => ({ name, hex: '#222222', imageUrl: '/files/a.png' })),
    });
    expect(productProblem(withColours('墨黑', ''))).toBe('有一个颜色还没有名字');
    expect(productProblem(withColours('曜黑'))).toMatch('「墨黑 / M」的颜色已经改名');
    expect(productProblem({ ...whole, skus: [{ ...sku, code: '' }] })).toMatch('「墨黑 / M」的货号');
    expect(productProblem({ ...whole, skus: [{ ...sku, listPriceFen: 7000 }] })).toBe(
      '规格「墨黑 / M」的标价 ¥70.00 不在 ¥80.00–¥100.00 之间',
    );
  });
  it('moves the SKUs that follow its list price along with it, and leaves those with a price of their own', () => {
    const { code, colour, size } = whole.skus[0] as ProductDraft['skus'][number];
    const skus = [
      { id: '1', code, colour, size, listPriceFen: 10_000 },
      { id: '2', code: `${code}-2`, colour, size: 'L', listPriceFen: 9000 },
    ];
    const answer = { ...whole, id: '5', status: 'ON_SALE', ownerFranchiseeId: null, ownerName: null, version: 3, skus };
    const draft = inputOf(answer as Editor);
    const sent = readyInput({ ...draft, listPriceFen: 9500 });
    expect(sent?.skus.map((one) => one.listPriceFen)).toEqual([9500, 9000]);
  });
  it('is sent only with all of its prices; one that nobody typed is not zero', () => {
    expect(readyInput(whole)).toEqual({ ...whole, skus: [{ ...whole.skus[0], listPriceFen: 10_000 }] });
    expect(readyInput({ ...whole, floorFen: null })).toBeNull();
    expect(readyInput({ ...whole, name: ' ' })).toBeNull();
    expect(productProblem({ ...whole, listPriceFen: null, ceilingFen: null })).toBe('写上标价、门店最高价');
  });
});
