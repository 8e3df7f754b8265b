import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { type Review, type ReviewId, toReview } from './review-row.js';

type Row = Record<string, unknown>;

/** All SQL that changes reviews. */
export class ReviewStore {
  async find(on: Queryable, brandId: BrandId, id: Id): Promise<Review | null> {
    const [row] = await on.query<Row>('SELECT * FROM review WHERE brand_id = ? AND id = ?', [brandId, id]);
    return row ? toReview(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, id: Id): Promise<Review | null> {
    const [row] = await tx.query<Row>('SELECT * FROM review WHERE brand_id = ? AND id = ? FOR UPDATE', [brandId, id]);
    return row ? toReview(row) : null;
  }

  /** What a member has written and not taken back. */
  async standing(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<ReviewId[]> {
    const rows = await on.query<{ id: ReviewId }>(
      "SELECT id FROM review WHERE brand_id = ? AND member_id = ? AND state <> 'DELETED' ORDER BY id",
      [brandId, memberId],
    );
    return rows.map((row) => row.id);
  }

  async ofOrder(on: Queryable, brandId: BrandId, orderId: Id): Promise<Review[]> {
    return (
      await on.query<Row>('SELECT * FROM review WHERE brand_id = ? AND order_id = ? ORDER BY id', [brandId, orderId])
    ).map(toReview);
  }

  /** @throws the database's refusal of a double when the line was reviewed before */
  async insert(tx: Tx, one: Review): Promise<void> {
    const columns: Record<string, SqlValue> = {
      brand_id: one.brandId,
      id: one.id,
      kind: one.kind,
      order_id: one.orderId,
      order_no: one.orderNo,
      line_id: one.lineId,
      product_id: one.productId,
      product_name: one.productName,
      spec: one.spec,
      image_url: one.imageUrl,
      store_id: one.storeId,
      guide_id: one.guideId,
      member_id: one.memberId,
      openid: one.openid,
      author_name: one.authorName,
      author_avatar: one.authorAvatar,
      is_anonymous: one.isAnonymous ? 1 : 0,
      is_offline: one.isOffline ? 1 : 0,
      stars: one.stars,
      attitude: one.attitude,
      expertise: one.expertise,
      speed: one.speed,
      text: one.text,
      picture_ids: JSON.stringify(one.pictureIds),
      pictures: JSON.stringify(one.pictures),
      state: one.state,
      text_check: one.textCheck,
      check_note: one.checkNote,
      next_at: one.textCheck === 'WAITING' ? tx.now : null,
      check_until: one.checkUntil,
      created_at: tx.now,
    };
    const names = Object.keys(columns);
    await tx.execute(
      `INSERT INTO review (${names.join(',')}) VALUES (${names.map(() => '?').join(',')})`,
      Object.values(columns),
    );
  }

  /** The columns are named by us. */
  async set(
    on: Queryable,
    one: Pick<Review, 'brandId' | 'id'>,
    set: Readonly<Record<string, SqlValue>>,
  ): Promise<void> {
    const names = Object.keys(set);
    await on.execute(
      `UPDATE review SET version = version + 1, ${names.map((name) => `${name} = ?`).join(', ')} WHERE brand_id = ? AND id = ?`,
      [...Object.values(set), one.brandId, one.id],
    );
  }

  /** Reviews whose words, or whose follow-up's words, wait for the platform; over all brands. */
  async dueChecks(on: Queryable, now: Date, limit: number): Promise<Review[]> {
    const rows = await on.query<Row>(
      `(SELECT * FROM review WHERE state = 'PENDING' AND next_at <= ? ORDER BY next_at LIMIT ?)
       UNION (SELECT * FROM review WHERE follow_state = 'PENDING' AND follow_next_at <= ? ORDER BY follow_next_at LIMIT ?)`,
      [now, limit, now, limit],
    );
    return rows.map(toReview);
  }

  /** A member's reviews that wait for a verdict. */
  async waitingOf(on: Queryable, brandId: BrandId, memberId: Id): Promise<ReviewId[]> {
    const rows = await on.query<{ id: ReviewId }>(
      "SELECT id FROM review WHERE brand_id = ? AND member_id = ? AND (state IN ('PENDING','MANUAL') OR follow_state IN ('PENDING','MANUAL')) ORDER BY id",
      [brandId, memberId],
    );
    return rows.map((row) => row.id);
  }

  /** Adds a review to the sums that pages show, or takes it out again; `sign` is 1 or -1. */
  async count(tx: Tx, one: Review, sign: 1 | -1): Promise<void> {
    if (one.kind === 'LINE' && one.productId) {
      const stars = [1, 2, 3, 4, 5].map((star) => (one.stars === star ? sign : 0));
      const pictures = one.pictures.length > 0 ? sign : 0;
      await tx.execute(
        `INSERT INTO product_score (brand_id, product_id, s1, s2, s3, s4, s5, with_pictures, follow_ups) VALUES (?,?,?,?,?,?,?,?,0)
         ON DUPLICATE KEY UPDATE s1 = s1 + VALUES(s1), s2 = s2 + VALUES(s2), s3 = s3 + VALUES(s3), s4 = s4 + VALUES(s4), s5 = s5 + VALUES(s5), with_pictures = with_pictures + VALUES(with_pictures)`,
        [one.brandId, one.productId, ...stars, pictures],
      );
    }
    if (one.kind === 'SERVICE' && one.guideId)
      await tx.execute(
        `INSERT INTO guide_score (brand_id, guide_id, sample, attitude, expertise, speed) VALUES (?,?,?,?,?,?)
         ON DUPLICATE KEY UPDATE sample = sample + VALUES(sample), attitude = attitude + VALUES(attitude), expertise = expertise + VALUES(expertise), speed = speed + VALUES(speed)`,
        [
          one.brandId,
          one.guideId,
          sign,
          sign * (one.attitude ?? 0),
          sign * (one.expertise ?? 0),
          sign * (one.speed ?? 0),
        ],
      );
  }

  async countFollowUp(tx: Tx, one: Review, sign: 1 | -1): Promise<void> {
    if (one.kind !== 'LINE' || !one.productId) return;
    await tx.execute('UPDATE product_score SET follow_ups = follow_ups + ? WHERE brand_id = ? AND product_id = ?', [
      sign,
      one.brandId,
      one.productId,
    ]);
  }

  async log(
    tx: Tx,
    one: Pick<Review, 'brandId' | 'id'>,
    entry: { id: Id; act: string; byLabel: string; byName: string; reason?: string; text: string },
  ): Promise<void> {
    await tx.execute(
      'INSERT INTO review_log (brand_id, review_id, id, act, by_label, by_name, reason, text, at) VALUES (?,?,?,?,?,?,?,?,?)',
      [
        one.brandId,
        one.id,
        entry.id,
        entry.act,
        entry.byLabel,
        entry.byName,
        entry.reason ?? null,
        entry.text.slice(0, 300),
        tx.now,
      ],
    );
  }

  async reply(
    tx: Tx,
    one: Pick<Review, 'brandId' | 'id'>,
    reply: { side: 'STORE' | 'BRAND'; byLabel: string; byName: string; text: string },
  ): Promise<void> {
    await tx.execute(
      'INSERT INTO review_reply (brand_id, review_id, side, by_label, by_name, text, at) VALUES (?,?,?,?,?,?,?)',
      [one.brandId, one.id, reply.side, reply.byLabel, reply.byName, reply.text, tx.now],
    );
  }
}
