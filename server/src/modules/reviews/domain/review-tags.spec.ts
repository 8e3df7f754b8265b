import { describe, expect, it } from '@jest/globals';
import { DEFAULT_REVIEW_TAGS, tagsOfWords } from './review-tags.js';

const tags = (text: string) => tagsOfWords(text, DEFAULT_REVIEW_TAGS);

describe('the words of a review', () => {
  it.each([
    ['很暖和，尺码合适', ['尺码准', '保暖']],
    ['质量不错，就是有点大', ['偏大', '做工好']],
    ['没有色差，不臃肿', ['显瘦', '颜色正']],
    ['跑绒，还有异味', ['跑绒', '有异味']],
    ['给妈妈买的', []],
    ['', []],
  ])('%s says %j', (text, expected) => {
    expect(tags(text)).toEqual(expected);
  });

  it.each(['不保暖', '没有偏大', '不太合身', '不怎么轻便', '没有异味', '不跑绒', '不是很暖和'])(
    '%s says nothing, because it is negated',
    (text) => {
      expect(tags(text)).toEqual([]);
    },
  );

  it('say a tag that is negated once and meant once', () => {
    expect(tags('我以为不保暖，穿上才知道真保暖')).toEqual(['保暖']);
  });

  it('mean only what the brand’s dictionary knows', () => {
    expect(tagsOfWords('口袋多，很暖和', [{ name: '口袋多', words: ['口袋多'] }])).toEqual(['口袋多']);
  });

  it('are each known once', () => {
    const names = DEFAULT_REVIEW_TAGS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
