import { describe, expect, it } from '@jest/globals';
import { CONSUMERS } from '../demo/consumers.js';
import { GUIDES } from '../demo/guides.js';
import { STORES } from '../demo/stores.js';
import { visitsOf } from './day-plan.js';
import { guideCodeOf } from './found-brand.js';
import { guidesOfStore, PERSONAS } from './personas.js';
import { HISTORY_DAYS } from './seed-context.js';

const days = Array.from({ length: HISTORY_DAYS + 1 }, (_, daysAgo) => daysAgo);

describe("the demo's days", () => {
  it('hold about 60 visits, nobody twice on a day, and are the same in every run', () => {
    const all = days.map((daysAgo) => visitsOf(daysAgo));
    expect(all.flat().length).toBeGreaterThanOrEqual(55);
    for (const visits of all) expect(new Set(visits.map(({ persona }) => persona.key)).size).toBe(visits.length);
    expect(days.map((daysAgo) => visitsOf(daysAgo))).toEqual(all);
  });

  it('go to stores of at least five franchisees and end in every way', () => {
    const visits = days.flatMap((daysAgo) => visitsOf(daysAgo));
    const owners = visits.map((visit) => STORES.find(({ code }) => code === visit.storeCode)?.franchiseeCode ?? null);
    expect(new Set(owners.filter((owner) => owner !== null)).size).toBeGreaterThanOrEqual(5);
    const endings = new Set(visits.map(({ ending }) => ending));
    expect([...endings].sort()).toEqual(['CANCELLED', 'PAID', 'PARTLY_REFUNDED', 'REFUNDED', 'SERVED', 'UNPAID']);
  });

  it("follow links of the visited store's own guides only", () => {
    const linked = days.flatMap((daysAgo) => visitsOf(daysAgo)).filter(({ linkOf }) => linkOf !== null);
    expect(linked.length).toBeGreaterThan(10);
    for (const { storeCode, linkOf } of linked) expect(guidesOfStore(storeCode)).toContain(linkOf);
  });
});

describe("the demo's people", () => {
  it('are all consumers of the world but the newcomer, with stores and guides that exist', () => {
    const known = CONSUMERS.map(({ key }) => key).filter((key) => key !== 'chu');
    expect(PERSONAS.map(({ key }) => key).sort()).toEqual(known.sort());
    for (const { stores, guides } of PERSONAS) {
      for (const code of stores) expect(STORES.some((store) => store.code === code)).toBe(true);
      for (const userid of guides) expect(GUIDES.some((guide) => guide.userid === userid)).toBe(true);
    }
  });

  it('have guides with codes of their own, as links carry them', () => {
    const codes = GUIDES.map(({ userid }) => guideCodeOf(userid));
    expect(new Set(codes).size).toBe(GUIDES.length);
    for (const code of codes) expect(code).toMatch(/^[0-9A-Za-z]{4,16}$/);
  });
});
