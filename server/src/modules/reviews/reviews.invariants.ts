import { sqlInvariant } from '../../platform/invariants/invariant.js';

const AREA = '评价';

/** Promises of reviews. */
export const reviewInvariants = [
  sqlInvariant(
    'review-01',
    AREA,
    '商品评分等于展示中的评价之和',
    `
    SELECT s.product_id, s.s1, s.s2, s.s3, s.s4, s.s5, COUNT(r.id) AS shown FROM product_score s
    LEFT JOIN review r ON r.brand_id = s.brand_id AND r.product_id = s.product_id AND r.kind = 'LINE' AND r.state = 'SHOWN'
    WHERE s.brand_id = ? GROUP BY s.product_id, s.s1, s.s2, s.s3, s.s4, s.s5
    HAVING COALESCE(SUM(r.stars = 1), 0) <> s.s1 OR COALESCE(SUM(r.stars = 2), 0) <> s.s2 OR COALESCE(SUM(r.stars = 3), 0) <> s.s3
      OR COALESCE(SUM(r.stars = 4), 0) <> s.s4 OR COALESCE(SUM(r.stars = 5), 0) <> s.s5`,
  ),
  sqlInvariant(
    'review-02',
    AREA,
    '导购评分等于展示中的服务评价之和',
    `
    SELECT s.guide_id, s.sample, COUNT(r.id) AS shown FROM guide_score s
    LEFT JOIN review r ON r.brand_id = s.brand_id AND r.guide_id = s.guide_id AND r.kind = 'SERVICE' AND r.state = 'SHOWN'
    WHERE s.brand_id = ? GROUP BY s.guide_id, s.sample, s.attitude, s.expertise, s.speed
    HAVING shown <> s.sample OR COALESCE(SUM(r.attitude), 0) <> s.attitude OR COALESCE(SUM(r.expertise), 0) <> s.expertise OR COALESCE(SUM(r.speed), 0) <> s.speed`,
  ),
  sqlInvariant(
    'review-03',
    AREA,
    '每一条被隐藏的评价都留有合法的理由',
    `
    SELECT r.id FROM review r LEFT JOIN review_log l ON l.brand_id = r.brand_id AND l.review_id = r.id AND l.act = 'HIDE' AND l.reason IS NOT NULL
    WHERE r.brand_id = ? AND r.state = 'HIDDEN' AND l.id IS NULL`,
  ),
  sqlInvariant(
    'review-04',
    AREA,
    '没有一条评价在检查通过或人工放行之前展示过',
    `
    SELECT r.id, r.text_check FROM review r LEFT JOIN review_log l ON l.brand_id = r.brand_id AND l.review_id = r.id AND l.act = 'SHOW'
    WHERE r.brand_id = ? AND r.state = 'SHOWN' AND r.text_check <> 'PASSED' AND l.id IS NULL`,
  ),
];
