import { sqlMigration, TABLE } from './sql-migration.js';

/** Headquarters' catalogue, what each store lists at which price, and stock. */
export const Catalog1790000000003 = sqlMigration('Catalog1790000000003', [
  `CREATE TABLE category (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, name VARCHAR(40) NOT NULL, icon_url VARCHAR(300) NOT NULL, position INT NOT NULL,
    PRIMARY KEY (brand_id, id)) ${TABLE}`,
  `CREATE TABLE product (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, code VARCHAR(40) NOT NULL, category_id BIGINT NOT NULL, name VARCHAR(60) NOT NULL, subtitle VARCHAR(80) NOT NULL,
    description TEXT NOT NULL, image_url VARCHAR(300) NOT NULL, content JSON NOT NULL, colours JSON NOT NULL, badge VARCHAR(12) NULL, status VARCHAR(10) NOT NULL, owner_franchisee_id BIGINT NULL,
    list_price_fen BIGINT NOT NULL, floor_fen BIGINT NOT NULL, ceiling_fen BIGINT NOT NULL, rank_score INT NOT NULL, sold_count INT NOT NULL DEFAULT 0,
    on_sale_at DATETIME(3) NOT NULL, version INT NOT NULL DEFAULT 0, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY product_code (brand_id, code), KEY product_category (brand_id, category_id)) ${TABLE}`,
  `CREATE TABLE sku (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, product_id BIGINT NOT NULL, code VARCHAR(40) NOT NULL, colour VARCHAR(20) NOT NULL, size VARCHAR(20) NOT NULL,
    image_url VARCHAR(300) NOT NULL, list_price_fen BIGINT NOT NULL, position INT NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY sku_code (brand_id, code), KEY sku_product (brand_id, product_id)) ${TABLE}`,
  // price_fen and price_max_fen are the lowest and highest price of the product's SKUs in this store, kept by the use cases that
  // change prices: a list page then sorts and pages by one index. An invariant compares them with the SKU prices.
  `CREATE TABLE listing (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, product_id BIGINT NOT NULL, category_id BIGINT NOT NULL, is_listed TINYINT NOT NULL,
    price_fen BIGINT NOT NULL, price_max_fen BIGINT NOT NULL, rank_score INT NOT NULL, on_sale_at DATETIME(3) NOT NULL, sold_count INT NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, store_id, product_id),
    KEY listing_rank (brand_id, store_id, is_listed, rank_score, product_id), KEY listing_price (brand_id, store_id, is_listed, price_fen, product_id),
    KEY listing_new (brand_id, store_id, is_listed, on_sale_at, product_id), KEY listing_category (brand_id, store_id, category_id, is_listed, rank_score, product_id),
    KEY listing_product (brand_id, product_id, store_id)) ${TABLE}`,
  `CREATE TABLE store_price (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, product_id BIGINT NOT NULL, price_fen BIGINT NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, store_id, sku_id), KEY store_price_product (brand_id, product_id, store_id)) ${TABLE}`,
  `CREATE TABLE stock (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, product_id BIGINT NOT NULL,
    on_hand INT NOT NULL, reserved INT NOT NULL, safety INT NOT NULL, for_pickup TINYINT NOT NULL DEFAULT 1, for_delivery TINYINT NOT NULL DEFAULT 1,
    PRIMARY KEY (brand_id, store_id, sku_id), KEY stock_product (brand_id, product_id, store_id)) ${TABLE}`,
  `CREATE TABLE reservation (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, store_id BIGINT NOT NULL, qty INT NOT NULL,
    returned_qty INT NOT NULL DEFAULT 0, state VARCHAR(10) NOT NULL, created_at DATETIME(3) NOT NULL, ended_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, order_id, sku_id), KEY reservation_sku (brand_id, store_id, sku_id, state)) ${TABLE}`,
  `CREATE TABLE stock_movement (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, kind VARCHAR(12) NOT NULL, delta INT NOT NULL,
    order_id BIGINT NULL, reason VARCHAR(60) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY stock_movement_sku (brand_id, store_id, sku_id, id)) ${TABLE}`,
]);
