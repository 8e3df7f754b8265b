import { sqlInvariant } from '../../platform/invariants/invariant.js';

const AREA = '会员等级';

/** Promises of levels. */
export const levelInvariants = [
  sqlInvariant(
    'level-01',
    AREA,
    '会员卡上的成长值与成长值账户一致',
    `SELECT m.id, m.growth, a.balance FROM member m JOIN asset_account a ON a.brand_id = m.brand_id AND a.owner_id = m.id AND a.asset = 'GROWTH'
     WHERE m.brand_id = ? AND a.entry_count > 0 AND m.growth <> GREATEST(0, FLOOR(a.balance / 100))`,
  ),
  sqlInvariant(
    'level-02',
    AREA,
    '会员卡上的等级与等级记录一致',
    `SELECT m.id, m.level, l.level AS earned, l.granted_level FROM member m JOIN member_level l ON l.brand_id = m.brand_id AND l.member_id = m.id
     WHERE m.brand_id = ? AND m.level <> GREATEST(l.level, COALESCE(l.granted_level, 0))`,
  ),
];
