import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { BulkTransaction } from '../../../platform/database/bulk-writer.js';

/** A customer of the file who is not a member yet. */
export interface CardMember {
  id: MemberId;
  card: string;
  nickname: string;
  storeId: string;
  joinedAt: Date;
}

/** Makes members of a file's customers, known by their card number only until they show up with a phone. */
export async function addCardMembers(
  bulk: BulkTransaction,
  brandId: BrandId,
  members: readonly CardMember[],
): Promise<void> {
  if (members.length === 0) return;
  await bulk.insert(
    'member',
    [
      ...[
        'brand_id',
        'id',
        'member_no',
        'nickname',
        'avatar_url',
        'phone_masked',
        'level',
        'growth',
        'origin',
        'status',
      ],
      ...['last_store_id', 'last_store_at', 'joined_at'],
    ],
    members.map(({ id, nickname, storeId, joinedAt }) => [
      ...[brandId, id, `M${id}`, nickname, '', null, 1, 0, 'IMPORT', 'ACTIVE'],
      ...[storeId, joinedAt, joinedAt],
    ]),
  );
  await bulk.insert(
    'member_identifier',
    ['brand_id', 'kind', 'value', 'member_id', 'source', 'created_at'],
    members.map(({ id, card, joinedAt }) => [brandId, 'card', card, id, 'import', joinedAt]),
  );
}
