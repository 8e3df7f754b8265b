import { DAY_MS, type GuideId, type Id, type MemberId } from '@shuke/shared/kernel';
import type { AudienceKind } from './audience.js';

/** Why a customer is on a guide's list: an audience of a published task, or something that just happened. */
export type SourceKind = AudienceKind | 'VIEWED_OFTEN' | 'REPURCHASE' | 'NEW_FRIEND';

/** One reason to contact one customer today, as the database finds it. */
export interface Finding {
  guideId: GuideId;
  externalUserId: string;
  memberId: MemberId | null;
  customerName: string;
  kind: SourceKind;
  taskId: Id<'task'> | null;
  productId: Id<'product'> | null;
  /** How often: views of the product. */
  count: number;
  /** A text that the source brings along, such as the reason of a tag. */
  note: string | null;
  lastBoughtAt: Date | null;
  /** Money score of the member, 1–5; 0 without purchases. */
  moneyScore: number;
}

/** All findings of one customer merged: one customer gets one item, however many campaigns want something. */
export interface Candidate {
  guideId: GuideId;
  externalUserId: string;
  memberId: MemberId | null;
  customerName: string;
  /** The strongest finding first. */
  findings: [Finding, ...Finding[]];
  score: number;
  isDormant: boolean;
}

const DORMANT_MS = 180 * DAY_MS;
const FURTHER_FINDING = 4;
/** Something that just happened beats a campaign; within campaigns the more personal one wins. */
const BASE_SCORE: Record<SourceKind, number> = {
  VIEWED_OFTEN: 90,
  NEW_FRIEND: 80,
  REPURCHASE: 70,
  VIEWED_PRODUCT: 66,
  TAG: 58,
  NEW_MEMBER: 56,
  DORMANT: 52,
  ALL_CONTACTS: 40,
};

const strength = (finding: Finding): number =>
  BASE_SCORE[finding.kind] + Math.min(finding.count, 9) * (finding.kind === 'VIEWED_OFTEN' ? 1 : 0);

/** Merges findings by guide and customer; the same findings in any order give the same candidates. */
export function mergeFindings(findings: readonly Finding[], nowMs: number): Candidate[] {
  const byCustomer = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.guideId}/${finding.externalUserId}`;
    const list = byCustomer.get(key);
    if (list) list.push(finding);
    else byCustomer.set(key, [finding]);
  }
  return [...byCustomer.values()].map((list) => candidateOf(list, nowMs));
}

function candidateOf(list: Finding[], nowMs: number): Candidate {
  const sorted = [...list].sort((a, b) => strength(b) - strength(a) || (keyOf(a) < keyOf(b) ? -1 : 1));
  const [first, ...rest] = sorted as [Finding, ...Finding[]];
  const { guideId, externalUserId, memberId, customerName, lastBoughtAt } = first;
  return {
    guideId,
    externalUserId,
    memberId,
    customerName,
    findings: [first, ...rest],
    score: strength(first) + Math.min(rest.length, 3) * FURTHER_FINDING + first.moneyScore * 2,
    isDormant: lastBoughtAt !== null && nowMs - lastBoughtAt.getTime() >= DORMANT_MS,
  };
}

const keyOf = (finding: Finding): string => `${finding.kind}/${finding.taskId ?? ''}/${finding.productId ?? ''}`;
