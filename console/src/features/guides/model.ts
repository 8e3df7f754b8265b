import { percentText, shareBp } from '../../lib/money';
import type { Guide } from '../../lib/types';
import type { Tone } from '../../ui/status';

export const RECEIVER: Record<Guide['receiverState'], { tone: Tone; word: string; next: string }> = {
  NONE: {
    tone: 'idle',
    word: '还没添加',
    next: '等本人在企业微信工作台的「收入」里绑定收款微信；在那之前，应得的佣金先记着，绑好后一起分。',
  },
  READY: { tone: 'good', word: '可以收款', next: '佣金随订单分账，直接到本人的微信零钱。' },
  PROBLEM: {
    tone: 'bad',
    word: '收不了款',
    next: '微信不认这个收款人，多半是实名和登记的姓名不一致。请本人在工作台的「收入」里重新绑定。',
  },
};
export const ROLE: Record<Guide['role'], string> = { MANAGER: '店长', GUIDE: '导购' };
export const GUIDE_STATUS: Record<Guide['status'], { tone: Tone; word: string }> = {
  ACTIVE: { tone: 'good', word: '在职' },
  LEFT: { tone: 'off', word: '已离职' },
};

/** 468 hundredths → "4.68". */
export const scoreText = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;

/** "发出的 40%", and nothing where there is nothing to be a part of. */
export const partText = (part: number, whole: number, word: string): string =>
  whole === 0 ? '' : `${word} ${percentText(shareBp(Math.min(part, whole), whole)).replace(/\.\d+/, '')}`;
