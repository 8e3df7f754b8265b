import type { NoticeAnswer, NoticeKind } from '@shuke/shared/contracts';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type ConsentId = Id<'notice-consent'>;

/** What WeChat's count for one openid and template must be: given − used − lost. */
export interface Consent {
  id: ConsentId;
  openid: string;
  templateId: string;
  /** One accept is enough for all messages. */
  isLasting: boolean;
  left: number;
  given: number;
  answer: NoticeAnswer;
  isAlways: boolean;
}

type Row = Record<string, unknown>;
const consentOf = (row: Row): Consent => {
  const given = Number(row['given']);
  return {
    id: row['id'] as ConsentId,
    openid: row['openid'] as string,
    templateId: row['template_id'] as string,
    given,
    isLasting: Number(row['is_lasting']) === 1,
    left: given - Number(row['used']) - Number(row['lost']),
    answer: row['answer'] as NoticeAnswer,
    isAlways: Number(row['is_always']) === 1,
  };
};

/** All SQL about consents and about kinds that a member has stopped. */
export class ConsentStore {
  /** Whether the member wants to hear of orders only, and of no offers (the purpose MARKETING under "my data"). */
  async refusesOffers(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<boolean> {
    const rows = await on.query(
      "SELECT 1 FROM consent WHERE brand_id = ? AND member_id = ? AND sub_brand = 'MAIN' AND purpose = 'MARKETING' AND is_given = 0",
      [brandId, memberId],
    );
    return rows.length > 0;
  }

  /** Counts an answer; only an accept counts up. */
  async answer(
    tx: Tx,
    one: {
      brandId: BrandId;
      id: ConsentId;
      memberId: MemberId;
      openid: string;
      templateId: string;
      isLasting: boolean;
      answer: NoticeAnswer;
      isAlways: boolean;
    },
  ): Promise<void> {
    const more = one.answer === 'ACCEPT' ? 1 : 0;
    await tx.execute(
      `INSERT INTO notice_consent (brand_id, id, member_id, openid, template_id, is_lasting, given, used, lost, answer, is_always, answered_at)
       VALUES (?,?,?,?,?,?,?,0,0,?,?,?)
       ON DUPLICATE KEY UPDATE member_id = VALUES(member_id), given = given + VALUES(given), answer = VALUES(answer),
         is_always = VALUES(is_always), answered_at = VALUES(answered_at)`,
      [
        ...[one.brandId, one.id, one.memberId, one.openid, one.templateId, one.isLasting ? 1 : 0, more],
        ...[one.answer, one.isAlways ? 1 : 0, tx.now],
      ],
    );
  }

  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<Consent[]> {
    const rows = await on.query<Row>('SELECT * FROM notice_consent WHERE brand_id = ? AND member_id = ? ORDER BY id', [
      brandId,
      memberId,
    ]);
    return rows.map(consentOf);
  }

  /** A member may have consented with several WeChat accounts, after a merge. */
  async lockFor(tx: Tx, brandId: BrandId, memberId: MemberId, templateId: string): Promise<Consent[]> {
    const rows = await tx.query<Row>(
      'SELECT * FROM notice_consent WHERE brand_id = ? AND member_id = ? AND template_id = ? ORDER BY id FOR UPDATE',
      [brandId, memberId, templateId],
    );
    return rows.map(consentOf);
  }

  async use(tx: Tx, brandId: BrandId, id: ConsentId): Promise<void> {
    await tx.execute('UPDATE notice_consent SET used = used + 1 WHERE brand_id = ? AND id = ?', [brandId, id]);
  }

  /** Nothing was sent: the consent counts again. */
  async giveBack(tx: Tx, brandId: BrandId, id: ConsentId): Promise<void> {
    await tx.execute('UPDATE notice_consent SET used = used - 1 WHERE brand_id = ? AND id = ?', [brandId, id]);
  }

  /** WeChat says that nothing is left; the one that was just taken was not used either. */
  async lose(tx: Tx, brandId: BrandId, id: ConsentId): Promise<void> {
    await tx.execute(
      "UPDATE notice_consent SET lost = given - (used - 1), used = used - 1, answer = 'REJECT', is_always = 0 WHERE brand_id = ? AND id = ?",
      [brandId, id],
    );
  }

  async stopped(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<Set<NoticeKind>> {
    const rows = await on.query<{ kind: NoticeKind }>(
      'SELECT kind FROM notice_choice WHERE brand_id = ? AND member_id = ? AND is_stopped = 1',
      [brandId, memberId],
    );
    return new Set(rows.map((row) => row.kind));
  }

  async stop(tx: Tx, brandId: BrandId, memberId: MemberId, kind: NoticeKind, isStopped: boolean): Promise<void> {
    await tx.execute(
      `INSERT INTO notice_choice (brand_id, member_id, kind, is_stopped, at) VALUES (?,?,?,?,?)
       ON DUPLICATE KEY UPDATE is_stopped = VALUES(is_stopped), at = VALUES(at)`,
      [brandId, memberId, kind, isStopped ? 1 : 0, tx.now],
    );
  }
}
