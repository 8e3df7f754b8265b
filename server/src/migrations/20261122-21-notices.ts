import { sqlMigration, TABLE } from './sql-migration.js';

/** Subscribe messages of the mini-program: templates, consents, switches, and one row for each message. */
export const Notices1790000000021 = sqlMigration('Notices1790000000021', [
  `CREATE TABLE notice_template (
    brand_id BIGINT NOT NULL, kind VARCHAR(20) NOT NULL, template_id VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, title VARCHAR(60) NOT NULL, is_lasting TINYINT NOT NULL, keywords TEXT NOT NULL,
    is_on TINYINT NOT NULL, problem VARCHAR(200) NULL, is_paused TINYINT NOT NULL, updated_at DATETIME(3) NOT NULL, updated_by VARCHAR(60) NOT NULL,
    PRIMARY KEY (brand_id, kind)) ${TABLE}`,
  // WeChat counts by openid and template: what was accepted, what was sent for it, and what WeChat says is gone.
  `CREATE TABLE notice_consent (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, openid VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, template_id VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    is_lasting TINYINT NOT NULL, given INT NOT NULL, used INT NOT NULL, lost INT NOT NULL, answer VARCHAR(8) NOT NULL, is_always TINYINT NOT NULL, answered_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY notice_consent_once (brand_id, openid, template_id), KEY notice_consent_member (brand_id, member_id, template_id)) ${TABLE}`,
  `CREATE TABLE notice_choice (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, kind VARCHAR(20) NOT NULL, is_stopped TINYINT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, member_id, kind)) ${TABLE}`,
  // next_at: when it is due; while SENDING, when its sender must have died.
  `CREATE TABLE notice (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, kind VARCHAR(20) NOT NULL, member_id BIGINT NOT NULL, event_id BIGINT NOT NULL, facts TEXT NOT NULL, state VARCHAR(12) NOT NULL, reason VARCHAR(120) NOT NULL,
    errcode INT NULL, template_id VARCHAR(64) COLLATE utf8mb4_bin NULL, openid VARCHAR(64) COLLATE utf8mb4_bin NULL, lines_sent TEXT NULL, page VARCHAR(160) NULL, attempts INT NOT NULL,
    next_at DATETIME(3) NULL, created_at DATETIME(3) NOT NULL, good_until DATETIME(3) NOT NULL, done_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY notice_once (brand_id, event_id, member_id, kind), KEY notice_due (state, next_at), KEY notice_member (brand_id, member_id, id),
    KEY notice_consent (brand_id, openid, template_id)) ${TABLE}`,
  'ALTER TABLE presale_deal ADD COLUMN tail_told_at DATETIME(3) NULL',
]);
