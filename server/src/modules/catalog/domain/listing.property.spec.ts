import { describe, expect, it } from '@jest/globals';
import { type Fen, fen } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { type ListingRule, type ListingStore, listingVerdict } from './listing-rules.js';
import { pictureFacts } from './picture.js';
import { lowestPrice, type PriceStep } from './price-history.js';

const part = (...words: string[]) => fc.constantFrom(null, ...words);
const rule = fc.record({
  id: fc.constant('1'),
  effect: fc.constantFrom('ALLOW', 'DENY', 'MUST_LIST'),
  storeId: part('s1', 's2'),
  storeKind: part('SELF', 'FRANCHISE'),
  categoryId: part('c1', 'c2'),
  productId: part('p1', 'p2'),
}) as unknown as fc.Arbitrary<ListingRule>;
const store = { id: 's1', kind: 'SELF', franchiseeId: null } as unknown as ListingStore;
const product = { id: 'p1', categoryId: 'c1', ownerFranchiseeId: null } as unknown as Parameters<
  typeof listingVerdict
>[2];

describe('listing rules', () => {
  it('say the same in whatever order they were written', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), fc.func(fc.integer()), (rules, key) => {
        const mixed = [...rules].sort((a, b) => key(a) - key(b));
        expect(listingVerdict(mixed, store, product)).toBe(listingVerdict(rules, store, product));
      }),
    );
  });

  it('let a rule about the product in the store win over everything wider', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), fc.constantFrom('ALLOW', 'MUST_LIST', 'DENY'), (rules, effect) => {
        const wider = rules.filter((one) => !(one.productId && one.storeId));
        const own = { id: '9', effect, storeId: 's1', storeKind: null, categoryId: null, productId: 'p1' };
        expect(listingVerdict([...wider, own as ListingRule], store, product)).toBe(effect);
      }),
    );
  });

  it('never let one owner’s goods onto another owner’s shelf', () => {
    const own = { ...product, ownerFranchiseeId: 'f1' };
    expect(listingVerdict([], store, own)).toBe('OWN_ELSEWHERE');
    expect(listingVerdict([], { ...store, franchiseeId: 'f1' }, own)).toBeNull();
  });
});

describe('the lowest price of a while', () => {
  type Change = { isList: boolean; after: number | null };
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ isList: fc.constant(true), after: fc.integer({ min: 1, max: 999 }) }),
    fc.record({ isList: fc.constant(false), after: fc.option(fc.integer({ min: 1, max: 999 })) }),
  );

  it('is the least of all prices that counted, played forward', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.array(change, { maxLength: 12 }), (list, changes) => {
        let [listFen, storeFen]: [Fen, Fen | null] = [fen(list), null];
        const counted = [listFen];
        const steps: PriceStep[] = [];
        for (const { isList, after } of changes) {
          steps.unshift({ isList, beforeFen: isList ? listFen : storeFen });
          if (isList) listFen = fen(after ?? 1);
          else storeFen = after === null ? null : fen(after);
          counted.push(storeFen ?? listFen);
        }
        expect(lowestPrice({ listFen, storeFen }, steps)).toBe(Math.min(...counted));
      }),
    );
  });
});

describe('a picture', () => {
  it('is known by its bytes, and a script with a picture’s name is none', () => {
    const png = Buffer.alloc(24);
    png.write('89504e470d0a1a0a0000000d', 'hex');
    png.write('IHDR', 12, 'latin1');
    png.writeUInt32BE(640, 16);
    png.writeUInt32BE(480, 20);
    expect(pictureFacts(png)).toEqual({ extension: 'png', width: 640, height: 480 });
    const jpeg = Buffer.from('ffd8ffe000040000ffc0001108006400c803012200021101031101', 'hex');
    expect(pictureFacts(jpeg)).toEqual({ extension: 'jpg', width: 200, height: 100 });
    const webp = Buffer.alloc(30);
    webp.write('RIFF', 0, 'latin1');
    webp.write('WEBPVP8X', 8, 'latin1');
    webp.writeUIntLE(799, 24, 3);
    webp.writeUIntLE(599, 27, 3);
    expect(pictureFacts(webp)).toEqual({ extension: 'webp', width: 800, height: 600 });
    expect(pictureFacts(Buffer.from('<svg onload="alert(1)"/>'.padEnd(60)))).toBeNull();
  });

  it('of any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom('', 'ffd8', '89504e470d0a1a0a'), (tail, head) => {
        expect(() => pictureFacts(Buffer.concat([Buffer.from(head, 'hex'), tail]))).not.toThrow();
      }),
    );
  });
});
