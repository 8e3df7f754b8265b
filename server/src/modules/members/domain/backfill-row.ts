import type { Hint, Identifier } from './identifiers.js';
import { phoneValue } from './identifiers.js';

/** One line of a file of old members: tab separated, columns named by the first line. */
export interface OldMember {
  name: string;
  realName: string | null;
  birthday: string | null;
  joinedAt: Date | null;
  /** Digits; kept by nobody but as a digest. */
  phone: string | null;
  identifiers: Identifier[];
  hints: Hint[];
}

export const COLUMNS = [
  'phone',
  'name',
  'real_name',
  'birthday',
  'joined',
  'card',
  'pos',
  'unionid',
  'marketplace',
] as const;
export type Column = (typeof COLUMNS)[number];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the head line. @throws Error that names an unknown column, or says that nothing identifies anybody */
export function readHead(line: string): Column[] {
  const columns = line.trim().split('\t') as Column[];
  const unknown = columns.find((one) => !COLUMNS.includes(one));
  if (unknown !== undefined) throw new Error(`unknown column ${unknown}; known are ${COLUMNS.join(', ')}`);
  if (!columns.some((one) => ['phone', 'card', 'pos', 'unionid', 'marketplace'].includes(one)))
    throw new Error('no column identifies anybody: phone, card, pos, unionid or marketplace');
  return columns;
}

/** Reads one line. @returns a problem in words for a line that names nobody or is broken */
export function readRow(columns: readonly Column[], line: string): OldMember | { problem: string } {
  const cells = line.split('\t');
  if (cells.length !== columns.length) return { problem: `有 ${cells.length} 列，应有 ${columns.length} 列` };
  const cell = (name: Column): string => cells[columns.indexOf(name)]?.trim() ?? '';
  const rawPhone = cell('phone');
  const phone = rawPhone === '' ? null : phoneValue(rawPhone);
  if (rawPhone !== '' && phone === null) return { problem: '手机号格式不对' };
  const identifiers: Identifier[] = [];
  for (const kind of ['unionid', 'card', 'pos', 'marketplace'] as const) {
    const value = cell(kind);
    if (value.length > 100) return { problem: `${kind} 太长` };
    if (value !== '') identifiers.push({ kind, value });
  }
  if (phone === null && identifiers.length === 0) return { problem: '没有任何可以识别身份的内容' };
  for (const name of ['birthday', 'joined'] as const)
    if (cell(name) !== '' && !(DAY.test(cell(name)) && !Number.isNaN(Date.parse(cell(name)))))
      return { problem: `日期「${cell(name).slice(0, 20)}」不对，应为 2001-02-03` };
  return {
    name: cell('name').slice(0, 60) || '老会员',
    realName: cell('real_name').slice(0, 30) || null,
    birthday: cell('birthday') || null,
    joinedAt: cell('joined') ? new Date(`${cell('joined')}T00:00:00+08:00`) : null,
    phone,
    identifiers,
    hints: [],
  };
}
