import { sqlInvariant } from '../../platform/invariants/invariant.js';

const AREA = '服务通知';

/** Promises of subscribe messages. */
export const noticeInvariants = [
  sqlInvariant(
    'notice-01',
    AREA,
    '每一条发出的通知都用掉顾客的一次同意，每一次同意也只用一次',
    `
    SELECT c.id, c.openid, c.template_id, c.used, COUNT(n.id) AS sent FROM notice_consent c
    LEFT JOIN notice n ON n.brand_id = c.brand_id AND n.openid = c.openid AND n.template_id = c.template_id
    WHERE c.brand_id = ? GROUP BY c.id, c.openid, c.template_id, c.used HAVING sent <> c.used`,
  ),
  sqlInvariant(
    'notice-02',
    AREA,
    '没有同意就没有通知：发出的不会比顾客同意的多',
    `
    SELECT c.id, c.given, c.used, c.lost FROM notice_consent c
    WHERE c.brand_id = ? AND c.is_lasting = 0 AND (c.used < 0 OR c.lost < 0 OR c.used + c.lost > c.given)`,
  ),
  sqlInvariant(
    'notice-03',
    AREA,
    '顾客关闭了的通知，关闭以后不再发',
    `
    SELECT n.id, n.kind FROM notice n JOIN notice_choice c ON c.brand_id = n.brand_id AND c.member_id = n.member_id AND c.kind = n.kind AND c.is_stopped = 1
    WHERE n.brand_id = ? AND n.state = 'SENT' AND n.created_at > c.at + INTERVAL 1 MINUTE`,
  ),
];
