import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { MemberAssetMover, MemberMove } from '../../one-id/index.js';
import {
  freezeRow,
  type MemberAsset,
  MemberAssets,
  MemberMovers,
  MergeRowsStore,
  putBack,
  rowMover,
  thawRow,
} from '../../one-id/index.js';
import type { CouponId } from '../domain/types.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { TemplateStore } from '../persistence/template.store.js';
import type { CouponJournal } from './coupon-journal.js';

const TAKEN = 'coupon_taken';
const journal = new MergeRowsStore();

/** What both persons took counts together, so that a merge opens no limit; on the way back each has its own count again. */
const takenMover: MemberAssetMover = {
  tables: [TAKEN],
  preview: async () => [],
  async move(tx: Tx, move: MemberMove): Promise<number> {
    const rows = await tx.query<Record<string, unknown>>(
      `SELECT * FROM ${TAKEN} WHERE brand_id = ? AND member_id = ? FOR UPDATE`,
      [move.brandId, move.from],
    );
    if (rows.length === 0) return 0;
    await journal.note(
      tx,
      move,
      TAKEN,
      rows.map((row) => ({ key: String(row['template_id']), kept: freezeRow(row) })),
    );
    await tx.execute(
      `INSERT INTO ${TAKEN} (brand_id, member_id, template_id, taken, day, taken_today)
       SELECT f.brand_id, ?, f.template_id, f.taken, f.day, f.taken_today FROM ${TAKEN} f WHERE f.brand_id = ? AND f.member_id = ?
       ON DUPLICATE KEY UPDATE taken = ${TAKEN}.taken + VALUES(taken)`,
      [move.into, move.brandId, move.from],
    );
    await tx.execute(`DELETE FROM ${TAKEN} WHERE brand_id = ? AND member_id = ?`, [move.brandId, move.from]);
    return rows.length;
  },
  async moveBack(tx: Tx, move: MemberMove): Promise<number> {
    const kept = (await journal.noted(tx, move.brandId, move.mergeId, TAKEN)).flatMap((one) => one.kept ?? []);
    for (const text of kept) {
      const row = thawRow(text);
      await tx.execute(
        `UPDATE ${TAKEN} SET taken = GREATEST(0, taken - ?) WHERE brand_id = ? AND member_id = ? AND template_id = ?`,
        [row['taken'] as number, move.brandId, move.into, row['template_id'] as string],
      );
    }
    await putBack(tx, TAKEN, kept);
    return kept.length;
  },
};

/** What a member who leaves is told about coupons, and what becomes of them. */
function couponAsset(history: CouponJournal): MemberAsset {
  const coupons = new CouponStore();
  const templates = new TemplateStore();
  const open = (on: Queryable, brandId: BrandId, memberId: MemberId, isLocked = false) =>
    on.query<{ id: CouponId; state: string; template_id: never; worst_fen: string }>(
      `SELECT id, state, template_id, worst_fen FROM coupon WHERE brand_id = ? AND member_id = ? AND state IN ('AVAILABLE','GIVING','LOCKED')
       ORDER BY id LIMIT 1000 ${isLocked ? 'FOR UPDATE' : ''}`,
      [brandId, memberId],
    );
  return {
    tables: ['coupon', TAKEN, 'coupon_offer', 'coupon_offer_taker', 'coupon_gift', 'coupon_redemption'],
    async beforeLeaving(on, brandId, memberId) {
      const rows = await open(on, brandId, memberId);
      const locked = rows.filter((row) => row.state === 'LOCKED').length;
      const text = `还有 ${rows.length} 张没用的券，注销后作废`;
      return {
        blockers:
          locked > 0
            ? [{ subject: 'coupons', text: `有 ${locked} 张券被待付款订单占用`, actionText: '先支付或取消订单' }]
            : [],
        settlements:
          rows.length > 0
            ? [
                {
                  subject: 'coupons',
                  title: '优惠券',
                  text,
                  amountText: `${rows.length} 张`,
                  fen: null,
                  mustConfirm: true,
                },
              ]
            : [],
      };
    },
    async leave(tx, { brandId, memberId }) {
      const rows = (await open(tx, brandId, memberId, true)).filter((row) => row.state !== 'LOCKED');
      const ids = rows.map((row) => row.id);
      await coupons.wantRevoked(tx, brandId, ids, '会员注销');
      await coupons.setState(tx, brandId, ids, ['AVAILABLE', 'GIVING'], 'REVOKED');
      await history.write(
        tx,
        brandId,
        ids.map((couponId) => ({ couponId, type: 'REVOKED', actor: 'system', note: '会员注销，券已作废' })),
      );
      for (const row of rows)
        await templates.account(tx, brandId, row.template_id, {
          used: 0,
          spentFen: 0,
          committedFen: -Number(row.worst_fen),
        });
    },
    async *copy(on, brandId, memberId) {
      const rows = await on.query<{
        name: string;
        code: string;
        state: string;
        issued_at: Date;
        valid_until: Date;
        used_at: Date | null;
      }>(
        `SELECT v.name, c.code, c.state, c.issued_at, c.valid_until, c.used_at FROM coupon c
         JOIN coupon_version v ON v.brand_id = c.brand_id AND v.template_id = c.template_id AND v.version = c.version
         WHERE c.brand_id = ? AND c.member_id = ? ORDER BY c.id LIMIT 5000`,
        [brandId, memberId],
      );
      for (const row of rows)
        yield {
          list: '优惠券',
          row: {
            名称: row.name,
            券码: row.code,
            状态: row.state,
            领取时间: row.issued_at.toISOString(),
            有效期至: row.valid_until.toISOString(),
            使用时间: row.used_at?.toISOString() ?? null,
          },
        };
    },
  };
}

/** Coupons follow a merge of members and come back; what was taken counts together. */
export function registerMemberRows(history: CouponJournal): void {
  MemberMovers.register(
    'coupons',
    rowMover({ subject: 'coupon', title: '优惠券', unit: '张', table: 'coupon', key: ['id'] }),
  );
  MemberMovers.register('coupons.taken', takenMover);
  MemberMovers.register(
    'coupons.offers',
    rowMover({
      subject: 'coupon_offer',
      title: '导购发来的券',
      unit: '张',
      table: 'coupon_offer',
      key: ['id'],
      isShown: false,
    }),
  );
  MemberAssets.register('coupons', couponAsset(history));
}
