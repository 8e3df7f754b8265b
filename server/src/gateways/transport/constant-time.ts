import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares two texts without telling by its duration how much of them agrees. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
