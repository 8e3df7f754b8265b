import { sqlInvariant } from '../../platform/invariants/invariant.js';

export const taskInvariants = [
  sqlInvariant(
    'task-pack-counts',
    '任务',
    '早间任务包写明的件数与任务数一致',
    `SELECT p.guide_id, p.day, p.item_count FROM morning_pack p WHERE p.brand_id = ? AND p.item_count <> (SELECT COUNT(*) FROM task_item i
      WHERE i.brand_id = p.brand_id AND i.guide_id = p.guide_id AND i.day = p.day)`,
  ),
  sqlInvariant(
    'task-customer-once',
    '任务',
    '同一位顾客一天只在一位导购的任务里出现一次',
    `SELECT guide_id, day, external_userid FROM task_item WHERE brand_id = ? GROUP BY guide_id, day, external_userid HAVING COUNT(*) > 1`,
  ),
  sqlInvariant(
    'task-open-relation',
    '任务',
    '任务只发给当时仍是好友的顾客',
    `SELECT i.id, i.guide_id, i.external_userid FROM task_item i JOIN morning_pack p ON p.brand_id = i.brand_id AND p.guide_id = i.guide_id AND p.day = i.day
      LEFT JOIN contact_relation r ON r.brand_id = i.brand_id AND r.guide_id = i.guide_id AND r.external_userid = i.external_userid
      WHERE i.brand_id = ? AND (r.external_userid IS NULL OR (r.closed_at IS NOT NULL AND r.state <> 'FRIEND' AND r.closed_at < p.built_at))`,
  ),
  sqlInvariant(
    'task-state-proof',
    '任务',
    '每个任务状态都有对应的时间',
    `SELECT id, state FROM task_item WHERE brand_id = ? AND ((state = 'OPENED' AND opened_at IS NULL) OR (state = 'SENT' AND sent_at IS NULL)
      OR (state = 'ORDERED' AND (ordered_at IS NULL OR order_id IS NULL)) OR (state = 'SKIPPED' AND skip_reason IS NULL))`,
  ),
];
