import { describe, expect, it } from '@jest/globals';
import { FoldedMap, folded } from './folded.js';

describe('texts that the database takes for one', () => {
  it('are one here, too: case, width, accents and blanks at the end do not count', () => {
    expect(new Set(['AB-1', 'ab-1', 'ＡＢ－１', 'áb-1 '].map(folded)).size).toBe(1);
    expect(folded('AB-1')).not.toBe(folded('AB 1'));
  });

  it('are found in a map however they are written', () => {
    const map = new FoldedMap([['Z1-A', 7]]);
    expect([map.get('z1-a'), map.has('Z1-B'), [...map.values()]]).toEqual([7, false, [7]]);
  });
});
