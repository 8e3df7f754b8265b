import { countText, moneyText } from '../../lib/money';
import type { Tone } from '../../ui/status';
import type { AssetEntry, AssetKind, Candidate, Person, Policy, Preview } from './api';

export const MEMBER_STATUS: Record<Person['status'], string> = {
  ACTIVE: '正常',
  DORMANT: '历史档案，还没来过',
  MERGED: '已并入别的会员',
  CANCELLED: '已注销',
};
export const MEMBER_TONE: Record<Person['status'], Tone> = {
  ACTIVE: 'good',
  DORMANT: 'idle',
  MERGED: 'off',
  CANCELLED: 'off',
};
export const IDENTITY_KIND: Record<Person['identities'][number]['kind'], string> = {
  unionid: '微信 unionid',
  openid: '微信 openid',
  external_userid: '企业微信客户',
  phone: '手机号',
  card: '会员卡号',
  marketplace: '电商平台账号',
  pos: 'POS 会员号',
  phone_hash: '旧档案手机号',
  typed_phone: '自己填的手机号',
  name_birthday: '姓名与生日',
  device: '设备',
};
export const STRENGTH: Record<Person['identities'][number]['strength'], string> = {
  STRONG: '能认定本人',
  WEAK: '可作参考',
  HINT: '只是线索',
};
export const CANDIDATE_STATE: Record<Candidate['state'], string> = {
  OPEN: '待决定',
  MERGED: '已合并',
  REFUSED: '不是同一人',
};
export const JOIN_BY: Record<Policy['joinBy'][number], string> = {
  ENTER: '进入小程序',
  FOLLOW: '加导购企业微信',
  PAY: '付过款（支付即会员）',
  REGISTER: '主动填手机号注册',
};
export const GUIDE_CHANGE_STATE = { OPEN: '待处理', APPROVED: '已同意', REFUSED: '已拒绝', WITHDRAWN: '已撤回' };
export const GUIDE_CHANGE_RULE: Record<Policy['guideChange'], string> = {
  ALLOWED: '顾客自己就能换',
  MANAGER: '店长同意',
  HQ: '总部同意',
};
export const ASSET: Record<AssetKind, string> = { WALLET: '储值', POINTS: '积分', GROWTH: '成长值' };

/** How sure the score makes us, in words: nobody should read 30 as "probably". */
export function scoreText(score: number): string {
  if (score >= 80) return '很可能是同一人';
  if (score >= 50) return '有可能，仔细看';
  return '线索较弱';
}

/** An amount of an asset with its sign: "+¥12.00", "−300". */
export function assetText(asset: AssetKind, amount: number): string {
  const sign = amount > 0 ? '+' : '';
  if (asset === 'WALLET') return `${sign}${moneyText(amount)}`;
  return `${sign}${amount < 0 ? '−' : ''}${countText(Math.abs(amount))}`;
}

export const entryChange = (asset: AssetKind, entry: AssetEntry): string =>
  entry.amount === 0 && entry.pending !== 0
    ? `待生效 ${assetText(asset, entry.pending)}`
    : assetText(asset, entry.amount);

/** Whether the button may be pressed, and what stands in the way in one line. */
export function mergeVerdict(preview: Preview): { canMerge: boolean; text: string } {
  const final = preview.blockers.filter((one) => one.isFinal);
  if (!preview.canMerge || final.length > 0)
    return { canMerge: false, text: final[0]?.text ?? '这两份档案现在不能合并' };
  const warnings = preview.effects.filter((one) => one.isWarning).length;
  if (preview.blockers.length > 0)
    return { canMerge: true, text: `有 ${preview.blockers.length} 处要你确认，系统不会自动合并` };
  return { canMerge: true, text: warnings > 0 ? `有 ${warnings} 项变化值得看一眼` : '没有冲突' };
}

/** Reads phones typed or pasted in any shape; what is not a mainland mobile number is named. */
export function readPhones(text: string): { phones: string[]; wrong: string[] } {
  const words = text.split(/[\s,，;；、]+/).filter(Boolean);
  const isPhone = (word: string) => /^1\d{10}$/.test(word);
  return { phones: [...new Set(words.filter(isPhone))], wrong: words.filter((word) => !isPhone(word)) };
}
