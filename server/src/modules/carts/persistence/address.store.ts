import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AddressFields, AddressId, SavedAddress } from '../domain/types.js';

interface AddressRow extends AddressFields {
  id: AddressId;
  is_default: number;
}

const FIELDS = 'id, name, phone, province, city, district, detail, is_default';
const addressOf = ({ is_default, ...row }: AddressRow): SavedAddress => ({ ...row, isDefault: is_default === 1 });

/** All SQL about addresses. A removed address stays as a row, because orders were sent there. */
export class AddressStore {
  async list(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<SavedAddress[]> {
    const rows = await on.query<AddressRow>(
      `SELECT ${FIELDS} FROM address WHERE brand_id = ? AND member_id = ? AND deleted_at IS NULL ORDER BY is_default DESC, id DESC`,
      [brandId, memberId],
    );
    return rows.map(addressOf);
  }

  /** Makes changes of one member's addresses wait for each other, so that exactly one is the default. */
  async lockMember(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<void> {
    await tx.query('SELECT id FROM member WHERE brand_id = ? AND id = ? FOR UPDATE', [brandId, memberId]);
  }

  async insert(tx: Tx, brandId: BrandId, memberId: MemberId, address: SavedAddress): Promise<void> {
    await tx.execute(
      `INSERT INTO address (brand_id, id, member_id, name, phone, province, city, district, detail, is_default) VALUES (?,?,?,?,?,?,?,?,?,?)`,
      [
        brandId,
        address.id,
        memberId,
        address.name,
        address.phone,
        address.province,
        address.city,
        address.district,
        address.detail,
        address.isDefault ? 1 : 0,
      ],
    );
  }

  async update(tx: Tx, brandId: BrandId, memberId: MemberId, address: SavedAddress): Promise<void> {
    await tx.execute(
      `UPDATE address SET name = ?, phone = ?, province = ?, city = ?, district = ?, detail = ? WHERE brand_id = ? AND member_id = ?
         AND id = ? AND deleted_at IS NULL`,
      [
        address.name,
        address.phone,
        address.province,
        address.city,
        address.district,
        address.detail,
        brandId,
        memberId,
        address.id,
      ],
    );
  }

  /** Makes one address the default and all others not, in one statement. */
  async setDefault(tx: Tx, brandId: BrandId, memberId: MemberId, id: AddressId): Promise<void> {
    await tx.execute(
      'UPDATE address SET is_default = IF(id = ?, 1, 0) WHERE brand_id = ? AND member_id = ? AND deleted_at IS NULL',
      [id, brandId, memberId],
    );
  }

  async remove(tx: Tx, brandId: BrandId, memberId: MemberId, id: AddressId): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      'UPDATE address SET deleted_at = ?, is_default = 0 WHERE brand_id = ? AND member_id = ? AND id = ? AND deleted_at IS NULL',
      [tx.now, brandId, memberId, id],
    );
    return affectedRows === 1;
  }
}
