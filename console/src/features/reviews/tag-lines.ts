import type { ReviewRules } from '../../lib/types';

type Tags = ReviewRules['tags'];
const TAGS_MAX = 30;
const NAME_MAX = 8;
const WORDS_MAX = 20;
const WORD_MAX = 12;

/** A dictionary as people write it: 保暖：暖和、很暖 */
export const writeTags = (tags: Tags): string =>
  tags.map(({ name, words }) => `${name}：${words.join('、')}`).join('\n');

/** A line without words means its own name. */
export function readTags(text: string): Tags {
  return text.split('\n').flatMap((line) => {
    const [name = '', ...rest] = line.split(/[:：]/);
    const words = rest
      .join('：')
      .split(/[、,，;；\s]+/)
      .filter(Boolean);
    return name.trim() === ''
      ? []
      : [{ name: name.trim(), words: words.length > 0 ? [...new Set(words)] : [name.trim()] }];
  });
}

/** What is wrong with it, in words; null when it can be saved. */
export function tagsProblem(text: string): string | null {
  const tags = readTags(text);
  if (tags.length > TAGS_MAX) return `最多 ${TAGS_MAX} 个标签`;
  const names = tags.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) return `「${twice}」写了两次`;
  for (const { name, words } of tags) {
    if (name.length > NAME_MAX || /\s/.test(name)) return `标签「${name}」要在 ${NAME_MAX} 个字以内，中间没有空格`;
    if (words.length > WORDS_MAX) return `「${name}」的词太多，最多 ${WORDS_MAX} 个`;
    const long = words.find((word) => word.length > WORD_MAX);
    if (long) return `「${long}」太长，最多 ${WORD_MAX} 个字`;
  }
  return null;
}
