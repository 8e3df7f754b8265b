import { describe, expect, it } from 'vitest';
import { fileProblem } from './upload';

const problemOf = (name: string, size = 100) => fileProblem({ name, size });

describe('a file chosen for an import', () => {
  it('is named when it cannot be a table, before anything is uploaded', () => {
    expect(problemOf('会员.csv', 0)).toBe('「会员.csv」是空的');
    expect(problemOf('会员.xls')).toContain('另存为');
    expect(problemOf('海报.png')).toContain('不是表格');
    expect(problemOf('十年流水.csv', 1_000_000_001)).toContain('分成几份');
  });

  it('is uploaded when it may be one', () => {
    for (const name of ['会员.CSV', '会员.xlsx', '流水.csv.gz', '库存.tsv', '导出.txt'])
      expect(problemOf(name)).toBeNull();
  });
});
