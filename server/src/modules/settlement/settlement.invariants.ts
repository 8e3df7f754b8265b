import type { BrandId } from '@shuke/shared/kernel';
import { type EntryBody, recomputed } from '@shuke/shared/rules';
import type { Queryable } from '../../platform/database/database.js';
import { type BrokenRow, type Invariant, sqlInvariant } from '../../platform/invariants/invariant.js';
import { brokenChains } from './application/check-chains.js';
import { SplitRules } from './application/rules.js';
import { Statements } from './application/statements.js';

const AREA = '账本';
/** Enough for every franchisee's last days; older ones are held by those who downloaded them. */
const PROOFS_CHECKED = 20;

/**
 * Every entitlement computed again from its own inputs and the rule it names. A body that the rules refuse to compute was
 * altered: it is named like a wrong result and stops no other check.
 */
async function notRecomputable(on: Queryable, brandId: BrandId, rules: SplitRules): Promise<BrokenRow[]> {
  const rows = await on.query<{ seq: string; store_id: string; body: string }>(
    'SELECT store_id, seq, body FROM entitlement WHERE brand_id = ? ORDER BY at DESC LIMIT 2000',
    [brandId],
  );
  const bodies = rows.map((row) => ({ row, body: JSON.parse(row.body) as EntryBody }));
  const versions = await rules.byVersions(on, brandId, [...new Set(bodies.map(({ body }) => body.rule.version))]);
  return bodies
    .filter(({ body }) => {
      const rule = versions.get(body.rule.version);
      return !rule || recomputed(rule, body).length > 0;
    })
    .map(({ row, body }) => ({ store_id: row.store_id, seq: Number(row.seq), order_no: body.orderNo }))
    .slice(0, 20);
}

/** Promises of settlement; ids follow reference/wechat-pay.md §10 where the list has them. */
export function settlementInvariants(rules: SplitRules, statements: Statements): Invariant[] {
  return [
    {
      id: 'proof-01',
      area: AREA,
      promise: '已发布的对账单，现在下载的证明与发布时的一字不差',
      check: (_on, brandId) => statements.bent(brandId, PROOFS_CHECKED),
    },
    sqlInvariant(
      'inv-01',
      AREA,
      '每一笔记账借贷相等',
      `
      SELECT transfer_id, SUM(fen) AS off_fen FROM posting WHERE brand_id = ? GROUP BY transfer_id HAVING off_fen <> 0`,
    ),
    sqlInvariant(
      'inv-02',
      AREA,
      '分录只增不改：每个账户的分录数与登记的一致',
      `
      SELECT a.book, a.code, a.posting_count, COUNT(p.line_no) AS postings FROM ledger_account a
      LEFT JOIN posting p ON p.brand_id = a.brand_id AND p.book = a.book AND p.account = a.code WHERE a.brand_id = ? GROUP BY a.book, a.code, a.posting_count HAVING postings <> a.posting_count`,
    ),
    { id: 'inv-03', area: AREA, promise: '应得记录环环相扣，没有一条被改动或抽走', check: brokenChains },
    {
      id: 'inv-04',
      area: AREA,
      promise: '每一笔应得都能按规则重算出同样的金额',
      check: (on, brandId) => notRecomputable(on, brandId, rules),
    },
    sqlInvariant(
      'inv-08',
      AREA,
      '账户余额等于它的分录之和',
      `
      SELECT a.book, a.code, a.balance_fen, COALESCE(SUM(p.fen), 0) AS postings_fen FROM ledger_account a
      LEFT JOIN posting p ON p.brand_id = a.brand_id AND p.book = a.book AND p.account = a.code WHERE a.brand_id = ? GROUP BY a.book, a.code, a.balance_fen HAVING postings_fen <> a.balance_fen`,
    ),
    sqlInvariant(
      'inv-14',
      AREA,
      '每个账户的分录顺序连续，没有空缺',
      `
      SELECT book, account, COUNT(*) AS n, MAX(account_seq) AS last FROM posting WHERE brand_id = ? GROUP BY book, account HAVING n <> last`,
    ),
    sqlInvariant(
      'split-01',
      '分账',
      '每一单各方应得之和等于实付减退款，一分不差',
      `
      SELECT s.order_id, s.paid_fen, COALESCE(r.refunded_fen, 0) AS refunded_fen, SUM(l.fen) AS shares_fen FROM split s
      LEFT JOIN (SELECT order_id, SUM(amount_fen) AS refunded_fen FROM refund WHERE brand_id = ? AND state = 'SUCCESS' AND cause <> 'LATE_PAYMENT' GROUP BY order_id) r ON r.order_id = s.order_id
      LEFT JOIN entitlement_leg l ON l.brand_id = s.brand_id AND l.order_id = s.order_id
      WHERE s.brand_id = ? GROUP BY s.order_id, s.paid_fen, r.refunded_fen HAVING shares_fen IS NULL OR shares_fen <> s.paid_fen - COALESCE(r.refunded_fen, 0)`,
    ),
    sqlInvariant(
      'split-02',
      '分账',
      '没有任何一方在一单里的应得小于零',
      `
      SELECT order_id, party, party_id, SUM(fen) AS fen FROM entitlement_leg WHERE brand_id = ? GROUP BY order_id, party, party_id HAVING SUM(fen) < 0`,
    ),
    sqlInvariant(
      'split-03',
      '分账',
      '同一单里同一接收方只到账一次',
      `
      SELECT s.order_id, r.account, COUNT(*) AS times FROM split_receiver r JOIN split s ON s.brand_id = r.brand_id AND s.id = r.split_id
      WHERE r.brand_id = ? AND r.state = 'SUCCESS' GROUP BY s.order_id, r.account HAVING times > 1`,
    ),
    sqlInvariant(
      'split-04',
      '分账',
      '分出去的钱不超过各方应得，加上补付别的订单欠下的（含已退回的）',
      `
      SELECT r.split_id, r.party, r.amount_fen FROM split_receiver r JOIN split s ON s.brand_id = r.brand_id AND s.id = r.split_id
      JOIN (SELECT order_id, party, party_id, SUM(CASE WHEN fen > 0 THEN fen ELSE 0 END) AS due_fen FROM entitlement_leg WHERE brand_id = ? GROUP BY order_id, party, party_id) d
        ON d.order_id = s.order_id AND d.party = r.party AND d.party_id = r.party_id
      LEFT JOIN (SELECT split_id, party, party_id, SUM(-fen) AS on_top_fen FROM split_offset WHERE brand_id = ? AND fen < 0 GROUP BY split_id, party, party_id) t
        ON t.split_id = r.split_id AND t.party = r.party AND t.party_id = r.party_id
      WHERE r.brand_id = ? AND r.state = 'SUCCESS' AND r.amount_fen > d.due_fen + COALESCE(t.on_top_fen, 0)`,
    ),
    sqlInvariant(
      'split-05',
      '分账',
      '待分账资金：账本上的冻结余额等于所有未完结订单应冻结的金额',
      `
      SELECT f.code, f.balance_fen, COALESCE(e.fen, 0) AS expected_fen FROM ledger_account f LEFT JOIN (
        SELECT CONCAT('frozen:', COALESCE(s.sub_mchid, s.mchid)) AS code, SUM(p.fen) AS fen FROM split s
        JOIN posting p ON p.brand_id = s.brand_id AND p.order_id = s.order_id AND p.book = 'MONEY' AND p.account = CONCAT('frozen:', COALESCE(s.sub_mchid, s.mchid))
        WHERE s.brand_id = ? AND s.step <> 'DONE' GROUP BY 1) e ON e.code = f.code
      WHERE f.brand_id = ? AND f.book = 'MONEY' AND f.code LIKE 'frozen:%' AND f.balance_fen <> COALESCE(e.fen, 0)`,
    ),
    sqlInvariant(
      'split-06',
      '分账',
      '付款成功的订单都已入账',
      `
      SELECT p.id, p.order_id FROM payment p LEFT JOIN entitlement e ON e.brand_id = p.brand_id AND e.order_id = p.order_id AND e.kind = 'ACCRUAL'
      WHERE p.brand_id = ? AND p.settle_state = 'DONE' AND e.seq IS NULL`,
    ),
    sqlInvariant(
      'split-07',
      '分账',
      '没有分账单拖过微信的 30 天期限',
      `
      SELECT s.order_id, s.paid_at FROM split s WHERE s.brand_id = ? AND s.step <> 'DONE' AND s.deadline_at < DATE_SUB((SELECT MAX(created_at) FROM sales_order WHERE brand_id = s.brand_id), INTERVAL 2 DAY)`,
    ),
    sqlInvariant(
      'split-08',
      '分账',
      '每笔成功的退款都有对应的应得冲回',
      `
      SELECT r.id, r.order_id FROM refund r LEFT JOIN entitlement e ON e.brand_id = r.brand_id AND e.order_id = r.order_id AND e.kind = 'REVERSAL' AND e.ref_id = r.id
      WHERE r.brand_id = ? AND r.state = 'SUCCESS' AND r.cause <> 'LATE_PAYMENT' AND r.amount_fen > 0 AND (e.seq IS NULL OR e.amount_fen <> -r.amount_fen)`,
    ),
    sqlInvariant(
      'split-09',
      '分账',
      '退款后欠下的分润：抵扣的合计与登记的一致，从不超过所欠',
      `
      SELECT d.order_id, d.party, d.owed_fen, d.netted_fen, COALESCE(SUM(o.fen), 0) AS offsets_fen FROM split_debt d
      LEFT JOIN split_offset o ON o.brand_id = d.brand_id AND o.debt_order_id = d.order_id AND o.party = d.party AND o.party_id = d.party_id
      WHERE d.brand_id = ? GROUP BY d.order_id, d.party, d.party_id, d.owed_fen, d.netted_fen HAVING d.netted_fen <> offsets_fen OR (d.netted_fen > 0 AND d.netted_fen > d.owed_fen)`,
    ),
    sqlInvariant(
      'split-10',
      '分账',
      '分完账的每一单，品牌和导购拿到的与应得的相差多少，就正好欠着多少',
      `
      SELECT l.order_id, l.party, SUM(l.fen) AS due_fen, MAX(COALESCE(r.fen, 0)) + MAX(COALESCE(o.fen, 0)) AS held_fen, MAX(COALESCE(d.owed_fen, 0)) AS owed_fen
      FROM split s JOIN entitlement_leg l ON l.brand_id = s.brand_id AND l.order_id = s.order_id AND (l.party = 'GUIDE' OR (l.party = 'BRAND' AND s.collect_mode = 'STORE'))
      LEFT JOIN (SELECT v.split_id, v.party, v.party_id, SUM(v.amount_fen - v.returned_fen - COALESCE(b.fen, 0)) AS fen FROM split_receiver v
        LEFT JOIN (SELECT receiver_id, SUM(amount_fen) AS fen FROM split_return WHERE brand_id = ? AND state IN ('PLANNED','SENT') GROUP BY receiver_id) b ON b.receiver_id = v.id
        WHERE v.brand_id = ? AND v.state = 'SUCCESS' GROUP BY v.split_id, v.party, v.party_id) r ON r.split_id = s.id AND r.party = l.party AND r.party_id = l.party_id
      LEFT JOIN (SELECT order_id, party, party_id, SUM(fen) AS fen FROM split_offset WHERE brand_id = ? AND state = 'BOOKED' GROUP BY order_id, party, party_id) o
        ON o.order_id = s.order_id AND o.party = l.party AND o.party_id = l.party_id
      LEFT JOIN split_debt d ON d.brand_id = s.brand_id AND d.order_id = s.order_id AND d.party = l.party AND d.party_id = l.party_id
      WHERE s.brand_id = ? AND s.step = 'DONE' AND NOT EXISTS (SELECT 1 FROM refund f WHERE f.brand_id = s.brand_id AND f.order_id = s.order_id AND f.state IN ('REQUESTED','PROCESSING'))
      GROUP BY l.order_id, l.party, l.party_id HAVING held_fen - due_fen <> owed_fen`,
    ),
    sqlInvariant(
      'payout-01',
      '对账单',
      '每一笔线下付款等于它结清的明细之和，也等于账本里记下的已付',
      `
      SELECT p.id, p.amount_fen, COALESCE(l.fen, 0) AS lines_fen, COALESCE(d.fen, 0) AS days_fen FROM payout p
      LEFT JOIN (SELECT payout_id, SUM(fen) AS fen FROM payout_line WHERE brand_id = ? GROUP BY payout_id) l ON l.payout_id = p.id
      LEFT JOIN (SELECT payout_id, SUM(fen) AS fen FROM payout_day WHERE brand_id = ? GROUP BY payout_id) d ON d.payout_id = p.id
      WHERE p.brand_id = ? AND (d.fen IS NULL OR d.fen <> p.amount_fen OR COALESCE(l.fen, 0) <> CASE WHEN p.cancelled_at IS NULL THEN p.amount_fen ELSE 0 END)`,
    ),
    sqlInvariant(
      'payout-02',
      '对账单',
      '品牌代收的每一笔加盟商应得，要么已经付了，要么还记在待付里',
      `
      SELECT t.franchisee_id, t.business_day, t.state, t.unpaid_lines, SUM(o.fen IS NOT NULL AND p.payout_id IS NULL) AS open_lines FROM statement t
      LEFT JOIN (SELECT l.party_id, l.business_day, l.store_id, l.seq, l.fen FROM entitlement_leg l JOIN split s ON s.brand_id = l.brand_id AND s.order_id = l.order_id AND s.collect_mode = 'BRAND'
        WHERE l.brand_id = ? AND l.party = 'FRANCHISEE' AND l.fen <> 0) o ON CAST(o.party_id AS UNSIGNED) = t.franchisee_id AND o.business_day = t.business_day
      LEFT JOIN payout_line p ON p.brand_id = t.brand_id AND p.store_id = o.store_id AND p.seq = o.seq
      WHERE t.brand_id = ? GROUP BY t.franchisee_id, t.business_day, t.state, t.unpaid_lines
      HAVING open_lines <> t.unpaid_lines OR (t.state = 'PAID' AND open_lines <> 0)`,
    ),
    sqlInvariant(
      'bill-01',
      '对账',
      '微信支付的账单与我们的账没有未了结的差异',
      `
      SELECT business_day, class, ref, transaction_id FROM bill_difference WHERE brand_id = ? AND status = 'OPEN'`,
    ),
  ];
}
