import { describe, expect, it } from '@jest/globals';
import { asId, type GuideId, type StoreId } from '@shuke/shared/kernel';
import { mayUndo, UNDO_MS } from './undo-right.js';

const at = new Date('2026-11-22T08:00:00.000Z');
const later = (ms: number) => new Date(at.getTime() + ms);
const store = asId<'store'>('1') as StoreId;
const guide = (id: string, isManager = false, storeId = store) => ({
  guideId: asId<'guide'>(id) as GuideId,
  storeId,
  isManager,
});
const handed = { guideId: asId<'guide'>('7') as GuideId, storeId: store, at, undoneAt: null };

describe('undoing a hand-over', () => {
  it('is for whoever handed over, for ten minutes', () => {
    expect(mayUndo(guide('7'), handed, later(UNDO_MS))).toBe(true);
    expect(mayUndo(guide('7'), handed, later(UNDO_MS + 1))).toBe(false);
    expect(mayUndo(guide('8'), handed, at)).toBe(false);
  });

  it('is for the manager of that store at any time, and for no other store', () => {
    expect(mayUndo(guide('8', true), handed, later(86_400_000))).toBe(true);
    expect(mayUndo(guide('8', true, asId<'store'>('2') as StoreId), handed, at)).toBe(false);
  });

  it('happens once', () => {
    expect(mayUndo(guide('7', true), { ...handed, undoneAt: at }, at)).toBe(false);
  });
});
