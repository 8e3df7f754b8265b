import { describe, expect, it } from '@jest/globals';
import { mayHoldHalves, withoutHalves } from './whole-characters.js';

const read = (json: string) => {
  const bytes = Buffer.from(json);
  return mayHoldHalves(bytes) ? withoutHalves(JSON.parse(json)) : 'not looked at';
};

describe('a JSON body with half characters', () => {
  it('loses them wherever they are, and nothing else', () => {
    expect(read('{"name":"小满\\ud83d","words":["\\udc00a","b"],"n":1,"no":null}')).toEqual({
      name: '小满',
      words: ['a', 'b'],
      n: 1,
      no: null,
    });
  });

  it('keeps whole characters, written out or as two escapes', () => {
    expect(read('["😀\\uD83D\\uDE00"]')).toEqual(['😀😀']);
  });

  it('is not looked through when it has no such escapes', () => {
    expect(read('{"name":"小满😀"}')).toBe('not looked at');
  });
});
