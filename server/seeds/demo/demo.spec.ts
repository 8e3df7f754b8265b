import { describe, expect, it } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { TAG_GROUPS, TASK_TEMPLATES, THEME } from './brand.js';
import { CONSUMERS } from './consumers.js';
import { FRANCHISEES } from './franchisees.js';
import { createGuides, GUIDES } from './guides.js';
import { looksOf } from './looks.js';
import { drawProduct } from './pictures/draw-product.js';
import { drawGift, GIFTS } from './pictures/gifts.js';
import { drawPortrait } from './pictures/portrait.js';
import { drawBanner, drawCategoryIcon, drawLogo, drawMark, drawStorefront } from './pictures/scenery.js';
import { luminance } from './pictures/tone.js';
import { CATEGORIES, PRODUCTS } from './products.js';
import { STORES } from './stores.js';

const distinct = (values: readonly string[]): number => new Set(values).size;
const isSvg = (text: string): boolean =>
  text.startsWith('<svg ') && XMLValidator.validate(text) === true && !/NaN|undefined|Infinity/.test(text);

describe('the demo stores', () => {
  it('are 40: 16 self-run and 24 of six franchisees, in at least 17 cities', () => {
    expect(STORES).toHaveLength(40);
    expect(STORES.filter((store) => store.kind === 'SELF')).toHaveLength(16);
    expect(distinct(STORES.flatMap((store) => store.franchiseeCode ?? []))).toBe(FRANCHISEES.length);
    expect(distinct(STORES.map((store) => store.city))).toBeGreaterThanOrEqual(17);
    expect(STORES.filter((store) => store.city === '杭州').length).toBeGreaterThanOrEqual(5);
  });

  it('lie in China, no two at the same point, and carry unique codes', () => {
    expect(distinct(STORES.map((store) => `${store.latitude},${store.longitude}`))).toBe(40);
    expect(distinct(STORES.map((store) => store.code))).toBe(40);
    for (const store of STORES) {
      expect(store.latitude > 18 && store.latitude < 54 && store.longitude > 73 && store.longitude < 135.1).toBe(true);
    }
  });

  it('collect by their own sub-merchant exactly when their franchisee does', () => {
    expect(distinct(FRANCHISEES.flatMap((entry) => entry.subMchid ?? []))).toBe(5);
    for (const store of STORES) expect(store.subMchid !== null).toBe(store.collectMode === 'STORE');
  });
});

describe('the demo people', () => {
  it('are three guides for each store, one of them the manager, always the same', () => {
    expect(GUIDES).toHaveLength(120);
    expect(GUIDES[119]?.userid).toBe('G0120');
    expect(GUIDES.filter((guide) => guide.role === 'manager')).toHaveLength(40);
    expect(distinct(GUIDES.map((guide) => guide.name))).toBe(120);
    expect(distinct(GUIDES.map((guide) => guide.phone))).toBe(120);
    expect(createGuides()).toEqual(GUIDES);
    expect(createGuides(7)).not.toEqual(GUIDES);
  });

  it('are nineteen consumers with places of their own, one of whom refuses location', () => {
    expect(CONSUMERS).toHaveLength(19);
    expect(CONSUMERS.filter((consumer) => !consumer.locationAllowed)).toHaveLength(1);
    expect(distinct(CONSUMERS.map((consumer) => consumer.phone))).toBe(19);
    for (const consumer of CONSUMERS) expect(consumer.places.length).toBeGreaterThanOrEqual(3);
  });
});

describe('the demo products', () => {
  it('are 60 in eight categories with unique product and SKU codes', () => {
    expect(PRODUCTS).toHaveLength(60);
    expect(distinct(PRODUCTS.map((product) => product.categoryCode))).toBe(CATEGORIES.length);
    const skus = PRODUCTS.flatMap((product) => product.skus.map((sku) => sku.code));
    expect(distinct(PRODUCTS.map((product) => product.code))).toBe(60);
    expect(distinct(skus)).toBe(skus.length);
  });

  it('have whole-fen prices inside their corridor and within the brand range', () => {
    for (const product of PRODUCTS) {
      const { floorFen, listPriceFen, ceilingFen } = product;
      expect([floorFen, listPriceFen, ceilingFen].every(Number.isSafeInteger)).toBe(true);
      expect(floorFen < listPriceFen && listPriceFen < ceilingFen).toBe(true);
      expect(listPriceFen >= 19_900 && listPriceFen <= 399_900).toBe(true);
    }
  });

  it('are worn with three to five others that exist, never with themselves', () => {
    const codes = new Set(PRODUCTS.map((product) => product.code));
    for (const { code, categoryCode } of PRODUCTS) {
      const looks = looksOf(code, categoryCode);
      expect(looks.length >= 3 && looks.length <= 5 && distinct(looks) === looks.length).toBe(true);
      expect(looks.every((one) => one !== code && codes.has(one))).toBe(true);
    }
  });

  it('tell something of their own: description, words to send, sizes', () => {
    expect(distinct(PRODUCTS.map((product) => product.description))).toBe(60);
    expect(distinct(PRODUCTS.map((product) => product.guideWords))).toBe(60);
    for (const product of PRODUCTS) {
      expect(product.description.split('。').length).toBeGreaterThanOrEqual(4);
      expect(product.sizeHelp.rows).toHaveLength(product.sizes.length);
      expect(product.colours.length).toBeGreaterThanOrEqual(2);
    }
  });
});

describe('the demo pictures', () => {
  it('are well-formed SVG for every product and colour, the same on every call, and differ between products', () => {
    const first = PRODUCTS.map((product) => product.colours.map((colour) => drawProduct(product, colour)));
    for (const svg of first.flat()) expect(isSvg(svg)).toBe(true);
    expect(PRODUCTS.map((product) => product.colours.map((colour) => drawProduct(product, colour)))).toEqual(first);
    const shapes = PRODUCTS.map((product) =>
      drawProduct({ code: 'X', design: product.design }, { code: 'Y', hex: '#4b6d92' }),
    );
    expect(distinct(shapes)).toBe(60);
  });

  it('are well-formed SVG for people, store fronts, banners, icons, presents and the brand mark', () => {
    const scenes = [
      drawMark(),
      drawLogo(),
      drawBanner('dawn'),
      drawBanner('hearth'),
      ...STORES.map((store) => drawStorefront(store.code)),
      ...GIFTS.map((gift) => drawGift(gift)),
    ];
    const faces = GUIDES.map((guide) => drawPortrait({ key: guide.userid, gender: guide.gender, uniform: true }));
    for (const svg of [...scenes, ...faces, ...CATEGORIES.map((category) => drawCategoryIcon(category.code))])
      expect(isSvg(svg)).toBe(true);
  });
});

describe('the demo brand', () => {
  it('keeps its white button text readable: at least 4.5 to 1', () => {
    for (const hex of [THEME.primary, THEME.accent, THEME.price])
      expect(1.05 / (luminance(hex) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  it('offers tag groups without repeated tags and tasks whose words use all three variables', () => {
    const tags = TAG_GROUPS.flatMap((group) => group.tags);
    expect(distinct(tags)).toBe(tags.length);
    expect(TASK_TEMPLATES).toHaveLength(4);
    for (const task of TASK_TEMPLATES)
      expect(['{称呼}', '{导购}', '{门店}'].every((word) => task.message.includes(word))).toBe(true);
  });
});
