import { describe, expect, it } from 'vitest';
import { readTags, tagsProblem, writeTags } from './tag-lines';

const TAGS = [
  { name: '尺码准', words: ['尺码合适', '合身'] },
  { name: '保暖', words: ['暖和'] },
];

describe('a dictionary of tags in lines', () => {
  it('is read as it was written', () => {
    expect(readTags(writeTags(TAGS))).toEqual(TAGS);
  });

  it('takes either colon and any divider, leaves empty lines out, and a bare name means itself', () => {
    expect(readTags('尺码准: 尺码合适，合身\n\n 保暖：暖和 暖和\n跑绒')).toEqual([
      ...TAGS,
      { name: '跑绒', words: ['跑绒'] },
    ]);
  });

  it.each([
    ['保暖：暖和\n保暖：很暖', '「保暖」写了两次'],
    ['这个标签名字太长了：暖', '标签「这个标签名字太长了」要在 8 个字以内，中间没有空格'],
    ['保暖：这是一个长得没有人会这样写的词', '「这是一个长得没有人会这样写的词」太长，最多 12 个字'],
    ['保暖：暖和', null],
    ['', null],
  ])('%j: %j', (text, problem) => {
    expect(tagsProblem(text)).toBe(problem);
  });
});
