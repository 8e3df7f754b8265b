import type { Field, Mapping } from './import-types.js';

/** Heads of the columns that a list of failed rows adds; the row's number keeps its meaning when the list comes back. */
export const ROW_HEAD = '原行号';
export const REASON_HEAD = '未导入原因';

/** The cells of a file's own columns, without those that a list of failed rows has added. */
export const ownCells = (head: readonly string[], cells: readonly string[]): string[] =>
  head.flatMap((name, at) => (name === ROW_HEAD || name === REASON_HEAD ? [] : [cells[at] ?? '']));

/** A head as it is compared: no spaces, brackets or marks, in lower case. */
export const plainHead = (head: string): string =>
  head
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-*:.()（）/]/g, '');

/**
 * The mapping that fits a file's heads best: a head that is exactly a field's name, label or alias wins over one that
 * only holds it. Each column fills one field at most.
 */
export function guessMapping(fields: readonly Field[], columns: readonly string[]): Mapping {
  const heads = columns.map(plainHead);
  const taken = new Set<number>();
  const mapping: Record<string, number> = {};
  const fill = (fits: (head: string, names: readonly string[]) => boolean) => {
    for (const field of fields) {
      if (mapping[field.name] !== undefined) continue;
      const names = [field.name, field.label, ...field.aliases].map(plainHead);
      const at = heads.findIndex((head, index) => head !== '' && !taken.has(index) && fits(head, names));
      if (at < 0) continue;
      taken.add(at);
      mapping[field.name] = at;
    }
  };
  fill((head, names) => names.includes(head));
  fill((head, names) =>
    names.some((name) => name.length >= 2 && head.length <= name.length + 6 && head.includes(name)),
  );
  return mapping;
}

/** What is wrong with a mapping, in words; null when it can be used. */
export function mappingProblem(fields: readonly Field[], mapping: Mapping, width: number): string | null {
  const unknown = Object.keys(mapping).find((name) => !fields.some((field) => field.name === name));
  if (unknown) return `没有「${unknown}」这一项`;
  const outside = Object.values(mapping).find((at) => at >= width);
  if (outside !== undefined) return `文件没有第 ${outside + 1} 列`;
  const places = Object.values(mapping);
  if (new Set(places).size !== places.length) return '同一列只能对应一项内容';
  const missing = fields.filter((field) => field.isRequired && mapping[field.name] === undefined);
  return missing.length > 0 ? `还要选出：${missing.map((field) => field.label).join('、')}` : null;
}
