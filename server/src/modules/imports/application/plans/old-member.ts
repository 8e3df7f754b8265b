import type { FoundOldMember, OldMember } from '../../../members/index.js';
import { readDay } from '../../domain/cells.js';
import type { MappedRow } from '../../domain/import-types.js';
import { field } from '../import-plan.js';

export const PHONE = field(
  'phone',
  '手机号',
  ['手机', '电话', '联系电话', '会员手机', 'mobile', 'tel', 'phone number'],
  {
    hint: '11 位手机号；只保存加密后的摘要',
  },
);
export const CARD = field(
  'cardNo',
  '会员卡号',
  ['卡号', '会员号', '会员编号', '会员编码', 'card', 'card no', 'customer id', 'customer', 'vip', 'vipno'],
  { hint: '原系统里的会员卡号' },
);
/** 138 0013 8000 and +86-138… as one number; null when it is none, '' when the cell is empty. */
export function readPhone(text: string): string | null {
  const digits = text.replace(/\D/g, '').replace(/^(?:0086|86)(?=1\d{10}$)/, '');
  return text.trim() === '' ? '' : /^1\d{10}$/.test(digits) ? digits : null;
}

/**
 * Everybody whom a row's identities name: members by id, and whom only earlier rows of the file name by the first of those
 * rows. Whatever the row names is the first one's from then on.
 */
export function namedBy({ owners, identifiers }: FoundOldMember, seen: Map<string, string>, row: number): string[] {
  const keys = identifiers.map((one) => `${one.kind} ${one.value}`);
  const named = [...new Set([...owners, ...keys.flatMap((key) => seen.get(key) ?? [])])];
  for (const key of keys) if (!seen.has(key)) seen.set(key, named[0] ?? `row ${row}`);
  return named;
}

/** The person whom a row names, or what is wrong with it. */
export function readPerson(row: MappedRow, cardPrefix: string): OldMember | { problem: string } {
  const phone = readPhone(row.of('phone'));
  if (phone === null) return { problem: `手机号「${row.of('phone').slice(0, 20)}」不是 11 位手机号` };
  const card = row.of('cardNo');
  if (card.length > 60) return { problem: '会员卡号太长' };
  const unionid = row.of('unionid');
  if (unionid !== '' && !/^[\w-]{10,64}$/.test(unionid)) return { problem: 'unionid 格式不对' };
  if (phone === '' && card === '' && unionid === '') return { problem: '没有手机号、卡号或 unionid，认不出是谁' };
  const days: Record<string, string | null> = {};
  for (const name of ['birthday', 'joinedAt']) {
    const text = row.of(name);
    const day = text === '' ? null : readDay(text);
    if (text !== '' && day === null) return { problem: `日期「${text.slice(0, 20)}」读不懂，应为 2001-02-03` };
    days[name] = day;
  }
  return {
    name: row.of('name').slice(0, 60) || (card === '' ? '老会员' : `会员${card}`.slice(0, 60)),
    realName: row.of('realName').slice(0, 30) || null,
    birthday: days['birthday'] ?? null,
    joinedAt: days['joinedAt'] ? new Date(`${days['joinedAt']}T00:00:00+08:00`) : null,
    phone: phone === '' ? null : phone,
    identifiers: [
      ...(unionid === '' ? [] : [{ kind: 'unionid' as const, value: unionid }]),
      ...(card === '' ? [] : [{ kind: 'card' as const, value: `${cardPrefix}${card}` }]),
    ],
    hints: [],
  };
}
