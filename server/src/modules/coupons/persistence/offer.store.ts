import {
  type BrandId,
  type Fen,
  type GuideId,
  type Id,
  type MemberId,
  parseFen,
  type StoreId,
} from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CouponId, CouponTerms, TemplateId } from '../domain/types.js';
import { parsed } from './rows.js';

export interface Offer {
  brandId: BrandId;
  id: Id<'offer'>;
  token: string;
  kind: 'ONE' | 'GROUP';
  templateId: TemplateId;
  version: number;
  worstFen: Fen;
  name: string;
  terms: CouponTerms;
  guideId: GuideId;
  storeId: StoreId;
  externalUserid: string | null;
  memberId: MemberId | null;
  toName: string;
  words: string;
  total: number;
  taken: number;
  state: 'PREPARED' | 'SENT' | 'CANCELLED' | 'OVER';
  createdAt: Date;
  expiresAt: Date;
}
export interface Gift {
  brandId: BrandId;
  id: Id<'gift'>;
  token: string;
  couponId: CouponId;
  giverId: MemberId;
  receiverId: MemberId | null;
  state: 'OFFERED' | 'ACCEPTED' | 'RETURNED';
  expiresAt: Date;
}
type Raw = Record<string, unknown>;

const OFFER = `SELECT o.*, v.name, v.terms FROM coupon_offer o
  JOIN coupon_version v ON v.brand_id = o.brand_id AND v.template_id = o.template_id AND v.version = o.version`;

const offerOf = (row: Raw): Offer => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as Offer['id'],
  token: row['token'] as string,
  kind: row['kind'] as Offer['kind'],
  templateId: row['template_id'] as TemplateId,
  version: row['version'] as number,
  worstFen: parseFen(row['worst_fen']),
  name: row['name'] as string,
  terms: parsed(row['terms']),
  guideId: row['guide_id'] as GuideId,
  storeId: row['store_id'] as StoreId,
  externalUserid: row['external_userid'] as string | null,
  memberId: row['member_id'] as MemberId | null,
  toName: row['to_name'] as string,
  words: row['words'] as string,
  total: row['total'] as number,
  taken: row['taken'] as number,
  state: row['state'] as Offer['state'],
  createdAt: row['created_at'] as Date,
  expiresAt: row['expires_at'] as Date,
});
const giftOf = (row: Raw): Gift => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as Gift['id'],
  token: row['token'] as string,
  couponId: row['coupon_id'] as CouponId,
  giverId: row['giver_id'] as MemberId,
  receiverId: row['receiver_id'] as MemberId | null,
  state: row['state'] as Gift['state'],
  expiresAt: row['expires_at'] as Date,
});

/** All SQL of guides' coupon cards and of gifts between members. */
export class OfferStore {
  /** A guide's own friend, with the member behind it if known. */
  async friend(on: Queryable, brandId: BrandId, guideId: GuideId, externalUserid: string) {
    const [row] = await on.query<{ name: string; member_id: MemberId | null }>(
      `SELECT IF(r.remark = '', c.name, r.remark) AS name, c.member_id FROM contact_relation r
       JOIN contact c ON c.brand_id = r.brand_id AND c.external_userid = r.external_userid
       WHERE r.brand_id = ? AND r.guide_id = ? AND r.external_userid = ? AND r.state = 'FRIEND'`,
      [brandId, guideId, externalUserid],
    );
    return row ? { name: row.name, memberId: row.member_id } : null;
  }

  async memberOfContact(on: Queryable, brandId: BrandId, externalUserid: string): Promise<MemberId | null> {
    const [row] = await on.query<{ member_id: MemberId | null }>(
      'SELECT member_id FROM contact WHERE brand_id = ? AND external_userid = ?',
      [brandId, externalUserid],
    );
    return row?.member_id ?? null;
  }

  async insert(tx: Tx, offer: Omit<Offer, 'name' | 'terms' | 'taken' | 'state' | 'createdAt'>): Promise<void> {
    await tx.execute(
      `INSERT INTO coupon_offer (brand_id, id, token, kind, template_id, version, worst_fen, guide_id, store_id, external_userid, member_id, to_name, words, total, taken, state, created_at, expires_at)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,'PREPARED',?,?)`,
      [
        offer.brandId,
        offer.id,
        offer.token,
        offer.kind,
        offer.templateId,
        offer.version,
        offer.worstFen,
        offer.guideId,
        offer.storeId,
        offer.externalUserid,
        offer.memberId,
        offer.toName.slice(0, 60),
        offer.words,
        offer.total,
        tx.now,
        offer.expiresAt,
      ],
    );
  }

  async byToken(on: Queryable, brandId: BrandId, token: string): Promise<Offer | null> {
    const [row] = await on.query<Raw>(`${OFFER} WHERE o.brand_id = ? AND o.token = ?`, [brandId, token]);
    return row ? offerOf(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, id: string): Promise<Offer | null> {
    const [row] = await tx.query<Raw>(`${OFFER} WHERE o.brand_id = ? AND o.id = ? FOR UPDATE`, [brandId, id]);
    return row ? offerOf(row) : null;
  }

  async list(
    on: Queryable,
    brandId: BrandId,
    guideId: GuideId,
    { externalUserid, before, limit }: { externalUserid: string | null; before: string | null; limit: number },
  ) {
    const rows = await on.query<Raw>(
      `SELECT o.*, v.name, v.terms, (SELECT COUNT(*) FROM coupon_offer_taker k JOIN coupon c ON c.brand_id = k.brand_id AND c.id = k.coupon_id AND c.state = 'USED'
         WHERE k.brand_id = o.brand_id AND k.offer_id = o.id) AS used
       FROM coupon_offer o JOIN coupon_version v ON v.brand_id = o.brand_id AND v.template_id = o.template_id AND v.version = o.version
       WHERE o.brand_id = ? AND o.guide_id = ? ${externalUserid ? 'AND o.external_userid = ?' : ''} ${before ? 'AND o.id < ?' : ''} ORDER BY o.id DESC LIMIT ?`,
      [brandId, guideId, ...(externalUserid ? [externalUserid] : []), ...(before ? [before] : []), limit + 1],
    );
    return rows.map((row) => ({ ...offerOf(row), used: Number(row['used']) }));
  }

  async couponOfTaker(on: Queryable, brandId: BrandId, offerId: string, memberId: MemberId): Promise<CouponId | null> {
    const [row] = await on.query<{ coupon_id: CouponId }>(
      'SELECT coupon_id FROM coupon_offer_taker WHERE brand_id = ? AND offer_id = ? AND member_id = ?',
      [brandId, offerId, memberId],
    );
    return row?.coupon_id ?? null;
  }

  /** Takes one of a card's coupons; false when none is left or the card is over. */
  async take(tx: Tx, brandId: BrandId, id: string): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE coupon_offer SET taken = taken + 1 WHERE brand_id = ? AND id = ? AND taken < total AND state IN ('PREPARED','SENT') AND expires_at > ?",
      [brandId, id, tx.now],
    );
    return written.affectedRows === 1;
  }

  async addTaker(tx: Tx, brandId: BrandId, id: string, memberId: MemberId, couponId: CouponId): Promise<void> {
    await tx.execute(
      'INSERT INTO coupon_offer_taker (brand_id, offer_id, member_id, coupon_id, at) VALUES (?,?,?,?,?)',
      [brandId, id, memberId, couponId, tx.now],
    );
  }

  async setState(
    tx: Tx,
    brandId: BrandId,
    id: string,
    from: readonly Offer['state'][],
    to: Offer['state'],
  ): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE coupon_offer SET state = ? WHERE brand_id = ? AND id = ? AND state IN ${marks(from)}`,
      [to, brandId, id, ...from],
    );
    return written.affectedRows === 1;
  }

  async dueOffers(on: Queryable, at: Date, limit: number, brandId: BrandId | null) {
    return on.query<{ brand_id: BrandId; id: Offer['id'] }>(
      `SELECT brand_id, id FROM coupon_offer WHERE state IN ('PREPARED','SENT') AND expires_at <= ? ${brandId ? 'AND brand_id = ?' : ''} ORDER BY expires_at LIMIT ?`,
      [at, ...(brandId ? [brandId] : []), limit],
    );
  }

  async insertGift(tx: Tx, gift: Omit<Gift, 'receiverId' | 'state'>): Promise<void> {
    await tx.execute(
      "INSERT INTO coupon_gift (brand_id, id, token, coupon_id, giver_id, state, created_at, expires_at) VALUES (?,?,?,?,?,'OFFERED',?,?)",
      [gift.brandId, gift.id, gift.token, gift.couponId, gift.giverId, tx.now, gift.expiresAt],
    );
  }

  async giftByToken(on: Queryable, brandId: BrandId, token: string): Promise<Gift | null> {
    const [row] = await on.query<Raw>('SELECT * FROM coupon_gift WHERE brand_id = ? AND token = ?', [brandId, token]);
    return row ? giftOf(row) : null;
  }

  async openGiftOf(on: Queryable, brandId: BrandId, couponId: CouponId): Promise<Gift | null> {
    const [row] = await on.query<Raw>(
      "SELECT * FROM coupon_gift WHERE brand_id = ? AND coupon_id = ? AND state = 'OFFERED' ORDER BY id DESC LIMIT 1",
      [brandId, couponId],
    );
    return row ? giftOf(row) : null;
  }

  async endGift(tx: Tx, gift: Gift, to: 'ACCEPTED' | 'RETURNED', receiverId: MemberId | null): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE coupon_gift SET state = ?, receiver_id = ?, ended_at = ? WHERE brand_id = ? AND id = ? AND state = 'OFFERED' ${to === 'ACCEPTED' ? 'AND expires_at > ?' : ''}`,
      [to, receiverId, tx.now, gift.brandId, gift.id, ...(to === 'ACCEPTED' ? [tx.now] : [])],
    );
    return written.affectedRows === 1;
  }

  async dueGifts(on: Queryable, at: Date, limit: number, brandId: BrandId | null): Promise<Gift[]> {
    const rows = await on.query<Raw>(
      `SELECT * FROM coupon_gift WHERE state = 'OFFERED' AND expires_at <= ? ${brandId ? 'AND brand_id = ?' : ''} ORDER BY expires_at LIMIT ?`,
      [at, ...(brandId ? [brandId] : []), limit],
    );
    return rows.map(giftOf);
  }

  async nickname(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<string> {
    const [row] = await on.query<{ nickname: string }>('SELECT nickname FROM member WHERE brand_id = ? AND id = ?', [
      brandId,
      memberId,
    ]);
    return row?.nickname ?? '一位朋友';
  }
}
