import type { PlayField } from '@shuke/shared/contracts';
import type { Terms } from './play.js';

type Column = Omit<PlayField, 'columns'>;
const ID = /^([1-9]\d{0,17}|[1-8]\d{18})$/;
const MAX_SKUS = 500;

/** What is wrong with one value, or null. */
function valueProblem(spec: Column, value: unknown): string | null {
  const wrong = `「${spec.label}」填写有误`;
  switch (spec.type) {
    case 'FEN':
    case 'COUNT':
    case 'BP': {
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrong;
      if (spec.min !== null && value < spec.min) return `「${spec.label}」太小了`;
      return spec.max !== null && value > spec.max ? `「${spec.label}」太大了` : null;
    }
    case 'CHOICE':
      return spec.choices.some((one) => one.value === value) ? null : wrong;
    case 'SKU':
      return typeof value === 'string' && ID.test(value) ? null : wrong;
    case 'SKUS':
      return Array.isArray(value) &&
        value.length > 0 &&
        value.length <= MAX_SKUS &&
        value.every((one) => typeof one === 'string' && ID.test(one))
        ? null
        : wrong;
    case 'BOOL':
      return typeof value === 'boolean' ? null : wrong;
    case 'INSTANT':
      return typeof value === 'string' && value.length <= 30 && !Number.isNaN(Date.parse(value)) ? null : wrong;
    case 'ROWS':
      return wrong;
  }
}

const isAsked = (spec: Column, values: Terms): boolean => !spec.when || values[spec.when.field] === spec.when.is;

function readColumns(specs: readonly Column[], given: Terms, outer: Terms): { values: Terms; problems: string[] } {
  const values: Terms = {};
  const problems: string[] = [];
  for (const spec of specs) {
    const value = given[spec.name];
    if (!isAsked(spec, { ...outer, ...values })) continue;
    if (value === undefined || value === null) {
      if (spec.required) problems.push(`请填写「${spec.label}」`);
      continue;
    }
    const problem = valueProblem(spec, value);
    if (problem) problems.push(problem);
    else values[spec.name] = value;
  }
  return { values, problems };
}

const isRecord = (value: unknown): value is Terms =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks what a form sends against its own description. Values that are not asked for (unknown, or of another choice) are
 * dropped, so that stored terms hold what counts and nothing else.
 */
export function readTerms(fields: readonly PlayField[], given: Terms): { terms: Terms; problems: string[] } {
  const plain = fields.filter((one) => one.type !== 'ROWS');
  const { values, problems } = readColumns(plain, given, {});
  for (const spec of fields) {
    if (spec.type !== 'ROWS' || !isAsked(spec, values)) continue;
    const list = given[spec.name];
    if (list === undefined && !spec.required) continue;
    const isSound =
      Array.isArray(list) && list.every(isRecord) && list.length >= (spec.min ?? 1) && list.length <= (spec.max ?? 100);
    if (!isSound) {
      problems.push(`「${spec.label}」需要 ${spec.min ?? 1} 到 ${spec.max ?? 100} 行`);
      continue;
    }
    const read = (list as Terms[]).map((row) => readColumns(spec.columns, row, values));
    problems.push(...new Set(read.flatMap((one) => one.problems)));
    values[spec.name] = read.map((one) => one.values);
  }
  return { terms: values, problems };
}
