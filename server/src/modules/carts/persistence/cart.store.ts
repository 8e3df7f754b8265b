import { type BrandId, type Fen, type Id, type MemberId, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { CART_LINES_MAX, type CartRow, LINE_QTY_MAX } from '../domain/types.js';

type SkuId = Id<'sku'>;

/** Some SKUs of a member's cart. */
export interface CartPart {
  brandId: BrandId;
  memberId: MemberId;
  skuIds: readonly SkuId[];
}

/** All SQL about carts: one per member, whatever store it is looked at from. */
export class CartStore {
  async lines(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<CartRow[]> {
    const rows = await on.query<{ sku_id: SkuId; qty: number; is_selected: number; added_price_fen: string }>(
      `SELECT sku_id, qty, is_selected, added_price_fen FROM cart_line WHERE brand_id = ? AND member_id = ?
       ORDER BY updated_at DESC, sku_id LIMIT ${CART_LINES_MAX}`,
      [brandId, memberId],
    );
    return rows.map((row) => ({
      skuId: row.sku_id,
      qty: row.qty,
      isSelected: row.is_selected === 1,
      addedPriceFen: parseFen(row.added_price_fen),
    }));
  }

  /** Adds pieces to the SKU's line, or makes the line; it is selected then. */
  async add(
    on: Queryable,
    line: {
      brandId: BrandId;
      memberId: MemberId;
      storeId: StoreId;
      skuId: SkuId;
      productId: Id<'product'>;
      qty: number;
      priceFen: Fen;
    },
    now: Date,
  ): Promise<void> {
    await on.execute(
      `INSERT INTO cart_line (brand_id, member_id, sku_id, product_id, store_id, qty, is_selected, added_price_fen, updated_at)
       VALUES (?,?,?,?,?,?,1,?,?) ON DUPLICATE KEY UPDATE qty = LEAST(qty + VALUES(qty), ${LINE_QTY_MAX}), store_id = VALUES(store_id),
         is_selected = 1, added_price_fen = VALUES(added_price_fen), updated_at = VALUES(updated_at)`,
      [line.brandId, line.memberId, line.skuId, line.productId, line.storeId, line.qty, line.priceFen, now],
    );
  }

  /** Changes a line; `updated_at` stays, so that lines do not jump under the finger. False when there is no such line. */
  async change(
    tx: Tx,
    brandId: BrandId,
    memberId: MemberId,
    skuId: SkuId,
    change: { qty: number | null; isSelected: boolean | null; priceFen: Fen | null },
  ): Promise<boolean> {
    const selected = change.isSelected === null ? null : change.isSelected ? 1 : 0;
    const { affectedRows } = await tx.execute(
      `UPDATE cart_line SET qty = COALESCE(?, qty), is_selected = COALESCE(?, is_selected), added_price_fen = COALESCE(?, added_price_fen)
       WHERE brand_id = ? AND member_id = ? AND sku_id = ?`,
      [change.qty, selected, change.priceFen, brandId, memberId, skuId],
    );
    return affectedRows === 1;
  }

  /** Takes SKUs out of carts, after orders or by hand, in one statement. */
  async remove(tx: Tx, parts: readonly CartPart[]): Promise<void> {
    const filled = parts.filter((part) => part.skuIds.length > 0);
    if (filled.length === 0) return;
    await tx.execute(
      `DELETE FROM cart_line WHERE ${filled.map(({ skuIds }) => `brand_id = ? AND member_id = ? AND sku_id IN ${marks(skuIds)}`).join(' OR ')}`,
      filled.flatMap(({ brandId, memberId, skuIds }) => [brandId, memberId, ...skuIds]),
    );
  }
}
