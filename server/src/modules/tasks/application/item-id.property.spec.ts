import { expect, it } from '@jest/globals';
import { IdParam } from '@shuke/shared/contracts';
import type { GuideId } from '@shuke/shared/kernel';
import { Value } from '@sinclair/typebox/value';
import fc from 'fast-check';
import { itemIdOf } from './item-id.js';

it('gives every item an id that requests may carry, the same one each time', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 2n ** 53n), fc.string({ minLength: 1, maxLength: 32 }), (guide, contact) => {
      const id = itemIdOf(guide.toString() as GuideId, '2026-11-22', contact);
      expect(Value.Check(IdParam, { id })).toBe(true);
      expect(itemIdOf(guide.toString() as GuideId, '2026-11-22', contact)).toBe(id);
    }),
    { numRuns: 2000 },
  );
});
