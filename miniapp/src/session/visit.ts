import { cell } from '@/lib/state';

/** Where this visit came from: kept for attribution and sent with events, login and orders until the next launch. */
export interface Visit {
  guideCode?: string;
  storeId?: string;
  scene?: string;
  sendId?: string;
}

const GUIDE_CODE = /^[0-9A-Za-z]{4,16}$/;
const ID = /^[1-9]\d{0,18}$/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads a launch query; what is malformed is left out, because the server would refuse the whole request for it. */
export function visitOf(query: Record<string, string | undefined>): Visit {
  const visit: Visit = {};
  const guideCode = query.g ?? query.guideCode;
  if (guideCode && GUIDE_CODE.test(guideCode)) visit.guideCode = guideCode;
  if (query.storeId && ID.test(query.storeId)) visit.storeId = query.storeId;
  if (query.sendId && ID.test(query.sendId)) visit.sendId = query.sendId;
  if (query.scene) visit.scene = decoded(query.scene).slice(0, 64);
  return visit;
}

export const visit = cell<Visit>({});

/** Takes over a launch query; a launch that names nothing keeps what the visit already knows. */
export function enterVisit(query: Record<string, string | undefined>): boolean {
  const next = visitOf(query);
  const before = visit.get();
  const isSame = (Object.keys(next) as (keyof Visit)[]).every((key) => next[key] === before[key]);
  if (isSame) return false;
  visit.set({ guideCode: next.guideCode ?? before.guideCode, ...next });
  return true;
}

/** The part of a visit that events and orders carry. */
export const attribution = (): { guideCode?: string; sendId?: string } => {
  const { guideCode, sendId } = visit.get();
  return { ...(guideCode ? { guideCode } : {}), ...(sendId ? { sendId } : {}) };
};
