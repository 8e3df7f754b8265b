import type { E2e } from '../harness/e2e.js';

/** Words that stand in every text of the rows below which only their owner may read. */
export const SECRET = '暗号客户';

interface Column {
  table: string;
  name: string;
  type: string;
  length: string | null;
  optional: number;
}
type Values = Record<string, string | number | Date | null>;

/** One row that belongs to franchisee A, its store, its guide and its consumer. */
interface Draft {
  kind: string;
  table: string;
  values?: Values;
  /** Belongs to the whole brand: everybody may read it, so it holds no secret. */
  isShared?: boolean;
}

const WHAT_KINDS_STAND_FOR: Draft[] = [
  {
    kind: 'promotion',
    table: 'promotion',
    values: {
      kind: 'FULL_REDUCTION',
      state: 'DRAFT',
      scope: '{"kind":"ALL","ids":[]}',
      terms: '{"measure":"MONEY","basis":"PAID","reward":"AMOUNT","mode":"TIERS","tiers":[{"atFen":100,"cutFen":10}]}',
      stacking: '{"mode":"JOINT","group":"A","allowsCoupons":true,"allowsPoints":true}',
      bearers: '[]',
      opted_out: '[]',
    },
  },
  { kind: 'group', table: 'group_buy', values: { state: 'OPEN', size: 2, joined: 1 } },
  { kind: 'bargain', table: 'bargain', values: { state: 'OPEN', cuts: '[100]' } },
  { kind: 'topUp', table: 'top_up', values: { state: 'CREATED', pay_fen: 10_000, promise: '{"text":"充 100"}' } },
  { kind: 'topUpActivity', table: 'top_up_activity', values: { version: 1, is_current: 0 } },
  { kind: 'inStorePayment', table: 'in_store_payment', values: { state: 'ASKING', amount_fen: 9900 } },
  { kind: 'walletRefund', table: 'wallet_refund', values: { state: 'REVIEW', route: 'BANK' } },
  { kind: 'adjustment', table: 'asset_adjustment', values: { state: 'WAITING', asset: 'POINTS', amount: 100 } },
  {
    kind: 'pointsGood',
    table: 'points_good',
    values: { kind: 'GOODS', is_listed: 1, points: 100, stock: 0 },
    isShared: true,
  },
  {
    kind: 'pointsExchange',
    table: 'points_exchange',
    values: { kind: 'GOODS', state: 'TO_PICKUP', pickup_code: 'FGN12345', qty: 1 },
  },
  { kind: 'handOver', table: 'hand_over', values: { kind: 'ORDER' } },
  { kind: 'mergeCandidate', table: 'merge_candidate', values: { state: 'OPEN', signals: '[]', blockers: '[]' } },
  { kind: 'merge', table: 'member_merge', values: { cause: 'MANUAL', evidence: '[]' } },
  { kind: 'sharedPhone', table: 'shared_phone', values: { kind: 'STORE' } },
  { kind: 'anomaly', table: 'identity_anomaly', values: { kind: 'MANY_PHONES', day: '2026-11-22' } },
  { kind: 'guideChange', table: 'guide_change', values: { state: 'OPEN' } },
  { kind: 'export', table: 'data_export' },
  { kind: 'picture', table: 'consumer_picture', values: { purpose: 'REVIEW', check_state: 'PASSED' } },
  { kind: 'avatar', table: 'consumer_picture', values: { purpose: 'AVATAR', check_state: 'MANUAL' } },
  {
    kind: 'review',
    table: 'review',
    values: { kind: 'LINE', state: 'MANUAL', stars: 1, picture_ids: '[]', pictures: '[]' },
  },
  { kind: 'reviewTicket', table: 'review_ticket', values: { state: 'OPEN' } },
  {
    kind: 'afterSale',
    table: 'after_sale_case',
    values: {
      kind: 'RETURN_REFUND',
      state: 'APPROVED',
      reason: 'DAMAGED',
      return_code: 'FGNRET12',
      pictures: '[]',
      sources:
        '{"totalFen":0,"goodsFen":0,"freightFen":0,"cashFen":0,"walletFen":0,"pointsBack":0,"pointsTaken":0,"withheldFen":0}',
      consequences: '[]',
    },
  },
  { kind: 'listingRule', table: 'listing_rule', values: { effect: 'DENY' } },
  { kind: 'plan', table: 'price_plan', values: { state: 'WAITING', price_fen: 99_900 } },
  { kind: 'approval', table: 'approval', values: { kind: 'DELIST', state: 'PENDING', payload: '{}' } },
  { kind: 'arrivalNotice', table: 'arrival_notice', values: { state: 'WAITING' } },
  { kind: 'closing', table: 'store_closing', values: { state: 'RUNNING' } },
  { kind: 'closingOrder', table: 'closing_order', values: { state: 'ASKED' } },
  {
    kind: 'importJob',
    table: 'import_job',
    values: {
      kind: 'PRODUCTS',
      state: 'MAPPING',
      options: '{"moneyUnit":"YUAN","cardPrefix":"","shiftDays":0,"givesPoints":false}',
    },
  },
  { kind: 'device', table: 'pos_device', values: { status: 'ACTIVE', device_no: 'T-FOREIGN' } },
  {
    kind: 'billDifference',
    table: 'bill_difference',
    values: { class: 'AMOUNT', status: 'OPEN', business_day: '2026-11-22' },
  },
  { kind: 'payout', table: 'payout', values: { amount_fen: 100, paid_on: '2026-11-22', cancelled_at: null } },
  { kind: 'category', table: 'category', isShared: true },
  {
    kind: 'ownProduct',
    table: 'product',
    values: { status: 'ON_SALE', content: '{}', colours: '[]', code: 'FGN-1', list_price_fen: 100 },
  },
  {
    kind: 'task',
    table: 'task',
    values: { state: 'DRAFT', audience: '{"kind":"ALL_CONTACTS"}', start_day: '2026-11-22', end_day: '2026-11-23' },
  },
  { kind: 'item', table: 'task_item', values: { kind: 'TASK', day: '2026-11-22', state: 'WAITING' } },
  { kind: 'send', table: 'chat_send', values: { state: 'PREPARED' } },
  { kind: 'import', table: 'pos_import', values: { state: 'DONE' } },
  { kind: 'tag', table: 'tag', values: { kind: 'MANUAL' }, isShared: true },
];

/** Whose rows they are. */
interface Owner {
  memberId: string;
  externalUserId: string;
  orderId: string;
  lineId: string;
  franchiseeId: string;
}

/** Columns that say whose a row is, by the names that tables use for them. */
function owners(e2e: E2e, of: Owner, otherId: string): Values {
  const { shop } = e2e;
  const { memberId, orderId, lineId, franchiseeId } = of;
  const product = shop.products[0];
  const now = new Date(e2e.sims.clock.now());
  return {
    ...Object.fromEntries(['member_id', 'a_id', 'from_id', 'owner_id', 'leader_id'].map((name) => [name, memberId])),
    ...Object.fromEntries(['store_id', 'from_store_id', 'return_store_id'].map((name) => [name, shop.north])),
    b_id: otherId,
    into_id: otherId,
    order_id: orderId,
    external_userid: of.externalUserId,
    line_id: lineId,
    guide_id: shop.guides.north,
    from_guide_id: shop.guides.north,
    franchisee_id: franchiseeId,
    owner_franchisee_id: franchiseeId,
    sku_id: product?.skus[0] ?? '',
    product_id: product?.id ?? '',
    category_id: shop.categories[0] ?? '',
    store_ids: JSON.stringify([shop.north]),
    starts_at: now,
    ends_at: new Date(now.getTime() + 86_400_000),
    expires_at: new Date(now.getTime() + 86_400_000),
  };
}

function valueFor(column: Column, isShared: boolean, now: Date): string | number | Date {
  switch (column.type) {
    case 'json':
      return '{}';
    case 'longtext':
      // MariaDB keeps JSON as text.
      return '{}';
    case 'datetime':
      return now;
    case 'date':
      return '2026-11-22';
    case 'char':
    case 'varchar':
    case 'text':
    case 'mediumtext':
      return (isShared ? '大家的东西' : SECRET).slice(0, Number(column.length ?? 4));
    default:
      return 0;
  }
}

/** What was seeded: the id of each kind's row, and a fingerprint of all of them. */
export interface ForeignRows {
  ids: Record<string, string>;
  fingerprint(): Promise<string>;
}

/** Writes one row of every kind that a route can name, all of them franchisee A's. */
export async function seedForeignRows(e2e: E2e, of: Owner): Promise<ForeignRows> {
  const { bench, brandId } = e2e;
  const columns = await bench.database.query<Column>(
    `SELECT table_name AS \`table\`, column_name AS name, data_type AS type, character_maximum_length AS length,
       (is_nullable = 'YES' OR column_default IS NOT NULL) AS optional
     FROM information_schema.columns WHERE table_schema = DATABASE()`,
    [],
  );
  const now = new Date(e2e.sims.clock.now());
  const owned = owners(e2e, of, (await e2e.shop.member()).memberId);
  const ids: Record<string, string> = {};
  const prints: string[] = [];
  for (const { kind, table, values = {}, isShared = false } of WHAT_KINDS_STAND_FOR) {
    const id = bench.ids.next();
    ids[kind] = id;
    const parents = {
      promotion_id: ids['promotion'],
      good_id: ids['pointsGood'],
      closing_id: ids['closing'],
      review_id: ids['review'],
    } as Values;
    const row: Values = { brand_id: brandId, id };
    for (const column of columns.filter((one) => one.table === table)) {
      if (column.name in row) continue;
      const given = values[column.name] ?? owned[column.name] ?? parents[column.name];
      if (given !== undefined) row[column.name] = given;
      else if (Number(column.optional) === 0) row[column.name] = valueFor(column, isShared, now);
    }
    const names = Object.keys(row);
    await bench.database.execute(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      Object.values(row),
    );
    const all = columns.filter((one) => one.table === table).map((one) => `COALESCE(${one.name}, '-')`);
    prints.push(
      `SELECT '${kind}' AS kind, MD5(CONCAT_WS('|', ${all.join(', ')})) AS hash FROM ${table} WHERE brand_id = ${brandId} AND id = ${id}`,
    );
  }
  const fingerprint = async () => JSON.stringify(await bench.database.query(prints.join(' UNION ALL '), []));
  return { ids, fingerprint };
}
