import type { TaskInput } from '@shuke/shared/contracts';

export type Audience = TaskInput['audience'];
export type AudienceKind = Audience['kind'];

/** Days that an audience looks back when nobody says otherwise. */
export const DEFAULT_DAYS: Record<AudienceKind, number> = {
  ALL_CONTACTS: 0,
  VIEWED_PRODUCT: 14,
  DORMANT: 180,
  NEW_MEMBER: 30,
  TAG: 0,
};

export const daysOf = (audience: Audience): number => audience.days ?? DEFAULT_DAYS[audience.kind];

/** What an audience still lacks, in Chinese for whoever drafts the task; null when it is complete. */
export function audienceProblem(audience: Audience): string | null {
  if (audience.kind === 'VIEWED_PRODUCT' && !audience.productId) return '请选择顾客看过的是哪件商品';
  if (audience.kind === 'TAG' && !audience.tagId) return '请选择一个标签';
  return null;
}

/** Who gets the task, in one sentence. */
export function audienceText(audience: Audience, names: { product?: string; tag?: string } = {}): string {
  const days = daysOf(audience);
  switch (audience.kind) {
    case 'ALL_CONTACTS':
      return '导购的全部微信好友';
    case 'VIEWED_PRODUCT':
      return `${days} 天内看过「${names.product ?? '这件商品'}」还没有下单的好友`;
    case 'DORMANT':
      return `超过 ${days} 天没有购买的老顾客`;
    case 'NEW_MEMBER':
      return `${days} 天内入会的新会员`;
    case 'TAG':
      return `带「${names.tag ?? '这个标签'}」标签的好友`;
  }
}
