import { INNER, PayError, paramError } from './errors.js';

interface Base {
  required?: boolean;
  label?: string;
}
export type Rule =
  | (Base & { type: 'string'; min?: number; max?: number; pattern?: RegExp; enum?: readonly string[] })
  | (Base & { type: 'integer'; min?: number; max?: number })
  | (Base & { type: 'boolean' })
  | (Base & { type: 'object'; fields: Fields })
  | (Base & { type: 'array'; min?: number; max?: number; item: Rule })
  | (Base & { type: 'any' });
export type Fields = Record<string, Rule>;

export const str = (max: number, extra: Partial<Extract<Rule, { type: 'string' }>> = {}): Rule => ({
  type: 'string',
  max,
  ...extra,
});
export const int = (extra: Partial<Extract<Rule, { type: 'integer' }>> = {}): Rule => ({ type: 'integer', ...extra });
export const must = <R extends Rule>(rule: R): R => ({ ...rule, required: true });

const fail = (pointer: string, label: string, value: unknown, rule: string): PayError =>
  paramError(`输入源“/body${pointer}”映射到${label}规则校验失败，${rule}`, {
    location: 'body',
    field: pointer,
    value: value === undefined ? '' : value,
    issue: rule,
  });

function checkString(rule: Extract<Rule, { type: 'string' }>, value: unknown, at: string): void {
  const label = `字符串字段“${rule.label ?? at.split('/').pop()}”`;
  if (typeof value !== 'string') throw fail(at, label, value, '值类型应为字符串');
  const length = [...value].length;
  if (length < (rule.min ?? 1)) throw fail(at, label, value, `字符数 ${length}，小于最小值 ${rule.min ?? 1}`);
  if (rule.max && length > rule.max) throw fail(at, label, value, `字符数 ${length}，大于最大值 ${rule.max}`);
  if (rule.pattern && !rule.pattern.test(value)) throw fail(at, label, value, '值包含非法字符');
  if (rule.enum && !rule.enum.includes(value)) throw fail(at, label, value, `值应为枚举 ${rule.enum.join('|')}`);
}

function checkInteger(rule: Extract<Rule, { type: 'integer' }>, value: unknown, at: string): void {
  const label = `数值字段“${rule.label ?? at.split('/').pop()}”`;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw fail(at, label, value, '值类型应为整数');
  if (rule.min !== undefined && value < rule.min) throw fail(at, label, value, `值低于最小值 ${rule.min}`);
  if (rule.max !== undefined && value > rule.max) throw fail(at, label, value, `值高于最大值 ${rule.max}`);
}

function check(rule: Rule, value: unknown, at: string): void {
  if (rule.type === 'string') checkString(rule, value, at);
  if (rule.type === 'integer') checkInteger(rule, value, at);
  const label = `字段“${rule.label ?? at.split('/').pop()}”`;
  if (rule.type === 'boolean' && typeof value !== 'boolean') throw fail(at, label, value, '值类型应为布尔');
  if (rule.type === 'object') checkFields(rule.fields, value, at);
  if (rule.type === 'array') {
    if (!Array.isArray(value)) throw fail(at, label, value, '值类型应为数组');
    if (value.length < (rule.min ?? 0)) throw fail(at, label, value.length, `数组长度小于最小值 ${rule.min}`);
    if (rule.max && value.length > rule.max) throw fail(at, label, value.length, `数组长度大于最大值 ${rule.max}`);
    for (const [index, item] of value.entries()) check(rule.item, item, `${at}/${index}`);
  }
}

/**
 * Checks a body against its field list: unknown fields (inner code 270924358), missing fields, types, lengths,
 * character sets and enums, each with the `detail` that names the field. Throws PARAM_ERROR.
 */
export function checkFields(fields: Fields, value: unknown, at = ''): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail(at || '/', '请求体', value, '值类型应为对象');
  }
  const record = value as Record<string, unknown>;
  for (const name of Object.keys(record)) {
    if (name in fields) continue;
    const detail = { location: 'body' as const, field: `${at}/${name}`, value: record[name], issue: '非法的额外参数' };
    throw paramError(`输入源“/body${at}/${name}”为非法的额外参数`, detail, INNER.extraParameter);
  }
  for (const [name, rule] of Object.entries(fields)) {
    const given = record[name];
    if (given === undefined || given === null) {
      if (rule.required) throw fail(`${at}/${name}`, `字段“${rule.label ?? name}”必填性`, '', '此字段为必填项');
      continue;
    }
    check(rule, given, `${at}/${name}`);
  }
}
