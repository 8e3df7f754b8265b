import { type BrandId, businessDay, type MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { asksWho, refusalFor } from '../domain/eligibility.js';
import type { FactStore } from '../persistence/fact.store.js';
import type { LimitStore } from '../persistence/limit.store.js';
import type { Template } from '../persistence/rows.js';

/** Says why a friend could not take a coupon of a template, in the words for the guide; null when nothing speaks against it. */
export type WhyNot = (template: Template) => string | null;

/**
 * A guide should not promise what the friend cannot take. At most two statements, however many templates are asked about.
 * @param memberId null for a friend who is no member yet: nothing is known that would speak against it
 */
export async function friendRefusals(
  on: Queryable,
  stores: { limits: LimitStore; facts: FactStore },
  who: { brandId: BrandId; memberId: MemberId | null },
  at: Date,
): Promise<WhyNot> {
  const { brandId, memberId } = who;
  if (!memberId) return () => null;
  const [taken, facts] = await Promise.all([
    stores.limits.taken(on, brandId, memberId),
    stores.facts.ofMember(on, brandId, memberId, at),
  ]);
  const today = businessDay(at.getTime());
  return ({ id, content: { take, terms } }) => {
    const had = taken.get(id);
    if (had && had.taken >= take.perMember) return 'TA 已经领过了';
    if (had && take.perDay !== null && had.day === today && had.taken_today >= take.perDay) return 'TA 今天已经领过了';
    return asksWho(take, terms) && refusalFor(take, terms, facts, at) ? 'TA 不在这张券的发放对象里' : null;
  };
}
