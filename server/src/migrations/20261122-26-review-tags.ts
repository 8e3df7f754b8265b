import { sqlMigration, TABLE } from './sql-migration.js';

/** What the words of shown reviews say about a product. */
export const ReviewTags1790000000026 = sqlMigration('ReviewTags1790000000026', [
  `CREATE TABLE review_tag (
    brand_id BIGINT NOT NULL, product_id BIGINT NOT NULL, tag VARCHAR(8) NOT NULL, review_id BIGINT NOT NULL,
    PRIMARY KEY (brand_id, product_id, tag, review_id), KEY review_tag_review (brand_id, review_id)) ${TABLE}`,
]);
