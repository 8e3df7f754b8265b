import { countText } from '../../lib/money';
import type { Import } from '../../lib/types';

/** How far an import is; a source of unknown length shows what it has read and an open bar. */
export function progressOf(row: Pick<Import, 'state' | 'totalRows' | 'readRows'>): { percent: number; text: string } {
  if (row.totalRows === null)
    return { percent: row.state === 'DONE' ? 100 : 0, text: `已读 ${countText(row.readRows)} 行` };
  const percent = row.totalRows === 0 ? 100 : Math.min(Math.floor((row.readRows * 100) / row.totalRows), 100);
  return { percent, text: `${percent}% · ${countText(row.readRows)} / ${countText(row.totalRows)} 行` };
}
