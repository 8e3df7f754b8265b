import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable } from '../../platform/database/database.js';
import { type BrokenRow, type Invariant, sqlInvariant } from '../../platform/invariants/invariant.js';
import { entryHashOf, GENESIS } from './persistence/asset-rows.js';

const AREA = '会员资产';

interface ChainRow {
  owner_id: string;
  asset: string;
  seq: string;
  kind: string;
  ref: string;
  amount: string;
  pending: string;
  balance_after: string;
  pending_after: string;
  prev_hash: string;
  hash: string;
}

/** Every account's entries from the first to the last: in sequence, chained, each with the right balance. */
async function brokenHistories(on: Queryable, brandId: BrandId): Promise<BrokenRow[]> {
  const rows = await on.query<ChainRow>(
    `SELECT owner_id, asset, seq, kind, ref, amount, pending, balance_after, pending_after, prev_hash, hash FROM asset_entry
     WHERE brand_id = ? ORDER BY owner_id, asset, seq LIMIT 200000`,
    [brandId],
  );
  const broken: BrokenRow[] = [];
  let key = '';
  let [seq, balance, pending, hash] = [0, 0, 0, GENESIS];
  for (const row of rows) {
    if (`${row.owner_id} ${row.asset}` !== key) {
      key = `${row.owner_id} ${row.asset}`;
      [seq, balance, pending, hash] = [0, 0, 0, GENESIS];
    }
    const body = {
      seq: seq + 1,
      ref: row.ref,
      kind: row.kind,
      amount: Number(row.amount),
      pending: Number(row.pending),
      balanceAfter: balance + Number(row.amount),
      pendingAfter: pending + Number(row.pending),
    };
    if (Number(row.seq) !== seq + 1 || row.prev_hash !== hash || row.hash !== entryHashOf(hash, body))
      broken.push({ owner_id: row.owner_id, asset: row.asset, seq: Number(row.seq) });
    [seq, balance, pending, hash] = [Number(row.seq), Number(row.balance_after), Number(row.pending_after), row.hash];
  }
  return broken.slice(0, 20);
}

/** Promises of everything that members own. */
export const assetInvariants: Invariant[] = [
  sqlInvariant(
    'asset-01',
    AREA,
    '每个资产账户的余额等于它的流水之和',
    `SELECT a.owner_id, a.asset, a.balance, a.pending, COALESCE(SUM(e.amount), 0) AS entries, COALESCE(SUM(e.pending), 0) AS pending_entries
     FROM asset_account a LEFT JOIN asset_entry e ON e.brand_id = a.brand_id AND e.owner_id = a.owner_id AND e.asset = a.asset
     WHERE a.brand_id = ? GROUP BY a.owner_id, a.asset, a.balance, a.pending, a.entry_count
     HAVING entries <> a.balance OR pending_entries <> a.pending OR COUNT(e.seq) <> a.entry_count`,
  ),
  sqlInvariant(
    'asset-02',
    AREA,
    '每个资产账户的余额等于各批次余额之和，减去欠额',
    `SELECT a.owner_id, a.asset, a.balance, a.owed, a.pending, a.held FROM asset_account a
     LEFT JOIN (SELECT owner_id, asset, SUM(CASE WHEN state = 'PENDING' THEN 0 ELSE remaining END) AS usable,
       SUM(CASE WHEN state = 'PENDING' THEN remaining ELSE 0 END) AS waiting, SUM(held) AS held
       FROM asset_lot WHERE brand_id = ? GROUP BY owner_id, asset) l ON l.owner_id = a.owner_id AND l.asset = a.asset
     WHERE a.brand_id = ? AND (a.balance <> COALESCE(l.usable, 0) - a.owed OR a.pending <> COALESCE(l.waiting, 0) OR a.held <> COALESCE(l.held, 0))`,
  ),
  sqlInvariant(
    'asset-03',
    AREA,
    '没有任何批次为负，占用不超过剩余，剩余不超过发放',
    `SELECT id, asset, granted, remaining, held FROM asset_lot WHERE brand_id = ? AND (remaining < 0 OR held < 0 OR held > remaining OR remaining > granted)`,
  ),
  sqlInvariant(
    'asset-04',
    AREA,
    '每个批次的剩余等于它的变动之和',
    `SELECT l.id, l.remaining, COALESCE(SUM(m.amount + m.pending), 0) AS moved FROM asset_lot l
     LEFT JOIN asset_movement m ON m.brand_id = l.brand_id AND m.lot_id = l.id WHERE l.brand_id = ? GROUP BY l.id, l.remaining HAVING moved <> l.remaining`,
  ),
  sqlInvariant(
    'asset-05',
    AREA,
    '每笔占用都落在具体批次上，退回不超过用掉的',
    `SELECT h.id, h.amount, h.returned, SUM(u.amount) AS used, SUM(u.returned) AS back FROM asset_hold h
     LEFT JOIN asset_hold_lot u ON u.brand_id = h.brand_id AND u.hold_id = h.id WHERE h.brand_id = ? GROUP BY h.id, h.amount, h.returned
     HAVING used <> h.amount OR back <> h.returned OR h.returned > h.amount OR MAX(u.returned > u.amount) = 1`,
  ),
  sqlInvariant(
    'asset-06',
    AREA,
    '批次被占用的数额等于未了结的占用之和',
    `SELECT l.id, l.held, COALESCE(SUM(CASE WHEN h.state = 'HELD' THEN u.amount ELSE 0 END), 0) AS holds FROM asset_lot l
     LEFT JOIN asset_hold_lot u ON u.brand_id = l.brand_id AND u.lot_id = l.id LEFT JOIN asset_hold h ON h.brand_id = u.brand_id AND h.id = u.hold_id
     WHERE l.brand_id = ? GROUP BY l.id, l.held HAVING holds <> l.held`,
  ),
  sqlInvariant(
    'asset-07',
    AREA,
    '本金和余额从不为负，有欠额时没有可用余额',
    `SELECT owner_id, asset, balance, held, owed FROM asset_account WHERE brand_id = ?
     AND (held < 0 OR owed < 0 OR pending < 0 OR (asset = 'WALLET' AND (balance < 0 OR owed <> 0)) OR (owed > 0 AND balance + owed > held))`,
  ),
  { id: 'asset-08', area: AREA, promise: '资产流水环环相扣，没有一条被改动或抽走', check: brokenHistories },
];
