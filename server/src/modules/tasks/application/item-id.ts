import { createHash } from 'node:crypto';
import type { GuideId, Id } from '@shuke/shared/kernel';

/** 62 bits: every id that this makes fits the pattern of ids in requests, whose 19-digit ones start with 1 to 8. */
const MASK = (1n << 62n) - 1n;

/**
 * The id of a pack's item: the same guide, day and contact always have the same one, so writing twice is writing once.
 * @param day business day, YYYY-MM-DD
 */
export function itemIdOf(guideId: GuideId, day: string, externalUserId: string): Id<'item'> {
  const digest = createHash('sha256').update(`${guideId}/${day}/${externalUserId}`).digest();
  return ((digest.readBigUInt64BE(0) & MASK) | 1n).toString() as Id<'item'>;
}
