import { sqlInvariant } from '../../platform/invariants/invariant.js';

export const connectorInvariants = [
  sqlInvariant(
    'pos-import-rows',
    'connectors',
    '导入文件的每一行，要么成了订单明细，要么有写明的原因',
    `SELECT i.id, i.next_row, i.imported_lines, i.error_rows FROM pos_import i WHERE i.brand_id = ? AND (i.next_row <> i.imported_lines + i.error_rows
      OR i.error_rows <> (SELECT COUNT(*) FROM pos_import_error e WHERE e.brand_id = i.brand_id AND e.import_id = i.id))`,
  ),
  sqlInvariant(
    'pos-import-done',
    'connectors',
    '完成的导入读完了整个文件',
    `SELECT id, next_row, total_rows FROM pos_import WHERE brand_id = ? AND state = 'DONE' AND (total_rows IS NULL OR total_rows <> next_row)`,
  ),
];
