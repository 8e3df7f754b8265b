import { sqlMigration, TABLE } from './sql-migration.js';

/**
 * A statement that is locked, its disputed lines, and what headquarters paid to a franchisee outside the channel. A line is
 * in one payout at most, which its key promises.
 */
export const StatementPayouts1790000000037 = sqlMigration('StatementPayouts1790000000037', [
  `ALTER TABLE statement ADD COLUMN state_at DATETIME(3) NULL, ADD COLUMN unpaid_lines INT NOT NULL DEFAULT 0, ADD COLUMN order_count INT NOT NULL DEFAULT 0,
    ADD KEY statement_unpaid (brand_id, franchisee_id, unpaid_lines), ADD KEY statement_state (state, state_at)`,
  'ALTER TABLE statement_step ADD COLUMN store_id BIGINT NULL, ADD COLUMN seq BIGINT NULL',
  `CREATE TABLE statement_dispute (
    brand_id BIGINT NOT NULL, franchisee_id BIGINT NOT NULL, business_day CHAR(10) NOT NULL, store_id BIGINT NOT NULL, seq BIGINT NOT NULL, state VARCHAR(8) NOT NULL,
    PRIMARY KEY (brand_id, franchisee_id, business_day, store_id, seq)) ${TABLE}`,
  `CREATE TABLE payout (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, franchisee_id BIGINT NOT NULL, amount_fen BIGINT NOT NULL, paid_on CHAR(10) NOT NULL, reference VARCHAR(64) NOT NULL, note VARCHAR(200) NOT NULL,
    user_name VARCHAR(60) NOT NULL, at DATETIME(3) NOT NULL, cancelled_by VARCHAR(60) NULL, cancel_reason VARCHAR(200) NULL, cancelled_at DATETIME(3) NULL,
    live_reference VARCHAR(64) NULL, PRIMARY KEY (brand_id, id), UNIQUE KEY payout_reference (brand_id, live_reference), KEY payout_franchisee (brand_id, franchisee_id, id)) ${TABLE}`,
  `CREATE TABLE payout_day (
    brand_id BIGINT NOT NULL, payout_id BIGINT NOT NULL, business_day CHAR(10) NOT NULL, fen BIGINT NOT NULL,
    PRIMARY KEY (brand_id, payout_id, business_day)) ${TABLE}`,
  `CREATE TABLE payout_line (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, seq BIGINT NOT NULL, payout_id BIGINT NOT NULL, order_id BIGINT NOT NULL, business_day CHAR(10) NOT NULL, fen BIGINT NOT NULL,
    PRIMARY KEY (brand_id, store_id, seq), KEY payout_line_payout (brand_id, payout_id), KEY payout_line_day (brand_id, business_day)) ${TABLE}`,
  'UPDATE statement SET state_at = published_at',
  `UPDATE statement t JOIN (SELECT l.brand_id, s.franchisee_id, l.business_day, COUNT(DISTINCT l.order_id) AS n FROM entitlement_leg l
      JOIN store s ON s.brand_id = l.brand_id AND s.id = l.store_id AND s.franchisee_id IS NOT NULL GROUP BY l.brand_id, s.franchisee_id, l.business_day) o
    ON o.brand_id = t.brand_id AND o.franchisee_id = t.franchisee_id AND o.business_day = t.business_day SET t.order_count = o.n`,
  // What the brand collected for a franchisee before this was kept.
  `UPDATE statement t JOIN (SELECT l.brand_id, l.party_id, l.business_day, COUNT(*) AS n FROM entitlement_leg l
      JOIN split s ON s.brand_id = l.brand_id AND s.order_id = l.order_id AND s.collect_mode = 'BRAND'
      WHERE l.party = 'FRANCHISEE' AND l.fen <> 0 GROUP BY l.brand_id, l.party_id, l.business_day) o
    ON o.brand_id = t.brand_id AND CAST(o.party_id AS UNSIGNED) = t.franchisee_id AND o.business_day = t.business_day SET t.unpaid_lines = o.n`,
]);
