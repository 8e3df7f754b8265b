import { type BrandId, type Fen, type Id, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';

export interface GoodsRow {
  skuId: string;
  skuCode: string;
  productId: string;
  name: string;
  spec: string;
  listPriceFen: Fen;
}

const SHOWN = 60;
/** Text for LIKE that stands for itself; `!` is the escape. */
const literally = (text: string): string => text.replace(/[!%_]/g, (sign) => `!${sign}`);

/** SKUs of the catalogue, read for the pickers of the desk. */
export class GoodsStore {
  async find(
    on: Queryable,
    brandId: BrandId,
    wanted: { ids: readonly string[] | null; q: string | null; franchiseeId: Id<'franchisee'> | null },
  ): Promise<GoodsRow[]> {
    const where = ['s.brand_id = ?'];
    const values: string[] = [brandId];
    const add = (clause: string, ...given: string[]) => {
      where.push(clause);
      values.push(...given);
    };
    // Named goods stay readable after they have left the shelves; only goods on sale are offered.
    if (wanted.ids) add(`s.id IN ${marks(wanted.ids)}`, ...wanted.ids);
    else add("p.status = 'ON_SALE'");
    if (wanted.franchiseeId) add('(p.owner_franchisee_id IS NULL OR p.owner_franchisee_id = ?)', wanted.franchiseeId);
    if (wanted.q && !wanted.ids) {
      const like = `%${literally(wanted.q)}%`;
      add("(p.name LIKE ? ESCAPE '!' OR p.code LIKE ? ESCAPE '!' OR s.code LIKE ? ESCAPE '!')", like, like, like);
    }
    const rows = await on.query<Record<string, string>>(
      `SELECT s.id, s.code, s.product_id, p.name, s.colour, s.size, s.list_price_fen
       FROM sku s JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id
       WHERE ${where.join(' AND ')} ORDER BY p.code, s.position, s.id LIMIT ${wanted.ids ? wanted.ids.length : SHOWN}`,
      values,
    );
    return rows.map((row) => ({
      skuId: row['id'] as string,
      skuCode: row['code'] as string,
      productId: row['product_id'] as string,
      name: row['name'] as string,
      spec: [row['colour'], row['size']].filter(Boolean).join(' · '),
      listPriceFen: parseFen(row['list_price_fen']),
    }));
  }
}
