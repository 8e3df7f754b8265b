import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** What must always hold of bindings; run by tests, the monitor and fault runs. */
export const guideInvariants = [
  sqlInvariant(
    'inv-binding-has-event',
    '导购',
    '每一段专属导购关系都能说出是怎么来的',
    `SELECT b.member_id, b.guide_id FROM binding b
     LEFT JOIN binding_event e ON e.brand_id = b.brand_id AND e.member_id = b.member_id AND e.guide_id = b.guide_id
       AND e.evidence = b.evidence AND e.result IN ('BOUND', 'REPLACED')
     WHERE b.brand_id = ? AND e.id IS NULL`,
  ),
  sqlInvariant(
    'inv-binding-known-people',
    '导购',
    '专属导购关系的两端都是真实的会员和导购',
    `SELECT b.member_id, b.guide_id FROM binding b
     LEFT JOIN member m ON m.brand_id = b.brand_id AND m.id = b.member_id
     LEFT JOIN guide g ON g.brand_id = b.brand_id AND g.id = b.guide_id
     WHERE b.brand_id = ? AND (m.id IS NULL OR g.id IS NULL)`,
  ),
];
