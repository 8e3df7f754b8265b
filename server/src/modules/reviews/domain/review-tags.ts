import type { ReviewTagRule } from '@shuke/shared/contracts';

/** What a brand of warm clothes starts with, the good and the bad; headquarters changes it with the other rules. */
export const DEFAULT_REVIEW_TAGS: ReviewTagRule[] = [
  { name: '尺码准', words: ['尺码准', '尺码合适', '尺码正好', '大小合适', '大小正好', '码数准', '合身'] },
  { name: '偏大', words: ['偏大', '有点大', '大了一码', '买大了', '偏宽松'] },
  { name: '偏小', words: ['偏小', '有点小', '小了一码', '买小了'] },
  { name: '保暖', words: ['保暖', '暖和', '很暖', '抗冻'] },
  { name: '轻便', words: ['轻便', '很轻', '轻薄', '不压身'] },
  { name: '显瘦', words: ['显瘦', '不臃肿', '不显胖'] },
  { name: '做工好', words: ['做工好', '做工不错', '质量好', '质量不错'] },
  { name: '手感好', words: ['手感好', '面料舒服', '很软', '柔软'] },
  { name: '颜色正', words: ['颜色正', '没有色差', '没色差', '颜色好看'] },
  { name: '有色差', words: ['有色差', '色差大'] },
  { name: '跑绒', words: ['跑绒', '钻绒', '掉毛'] },
  { name: '有异味', words: ['异味', '有味道', '味道大'] },
];

/** What turns the word after it round: 不保暖, 没有偏大, 不太合身. */
const NEGATION = /(?:不|没|没有|无|别|未|不太|不够|不算|不怎么|不是|不是很|没那么|谈不上)$/;
const LOOK_BACK = 3;

function says(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!NEGATION.test(text.slice(Math.max(0, at - LOOK_BACK), at))) return true;
  return false;
}

/** Which tags the words of a review say; a word that is negated says nothing. */
export const tagsOfWords = (text: string, rules: readonly ReviewTagRule[]): string[] =>
  rules.filter(({ words }) => words.some((word) => says(text, word))).map(({ name }) => name);
