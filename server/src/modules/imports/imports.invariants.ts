import { sqlInvariant } from '../../platform/invariants/invariant.js';

export const importInvariants = [
  sqlInvariant(
    'import-every-row',
    'imports',
    '导入的每一行，要么导入、要么重复、要么有写明的原因',
    `SELECT id, next_row FROM import_job WHERE brand_id = ? AND state IN ('RUNNING','DONE')
       AND next_row <> new_rows + update_rows + repeated_rows + conflict_rows + error_rows`,
  ),
  sqlInvariant(
    'import-reasons-kept',
    'imports',
    '没有导入的行都能下载，行数对得上',
    `SELECT j.id FROM import_job j WHERE j.brand_id = ? AND j.state = 'DONE' AND j.conflict_rows + j.error_rows <>
       (SELECT COUNT(*) FROM import_issue i WHERE i.brand_id = j.brand_id AND i.job_id = j.id AND i.verdict IN ('CONFLICT','ERROR'))`,
  ),
];
