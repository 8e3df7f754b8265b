import { describe, expect, it } from '@jest/globals';
import { asId } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { mayUndo, undoRefusal, undoUntil } from './undo-right.js';

const START = Date.parse('2026-11-22T08:00:00.000Z');
const guideIds = fc.constantFrom('7', '8').map((id) => asId<'guide'>(id));
const storeIds = fc.constantFrom('1', '2').map((id) => asId<'store'>(id));
const clerks = fc.record({ guideId: guideIds, storeId: storeIds, isManager: fc.boolean() });
const doings = fc.record({
  guideId: fc.option(guideIds),
  storeId: storeIds,
  at: fc.integer({ min: 0, max: 86_400_000 }).map((ms) => new Date(START + ms)),
});
const minutes = fc.integer({ min: 0, max: 120 });
const waits = fc.oneof(
  fc.integer({ min: 0, max: 9_000_000 }),
  minutes.map((one) => one * 60_000),
);

describe('undoing what was done at a counter', () => {
  it('is for nobody of another store, and for the manager of that store at any time', () => {
    fc.assert(
      fc.property(clerks, doings, minutes, waits, (clerk, done, allowed, wait) => {
        const may = mayUndo(clerk, done, allowed, new Date(done.at.getTime() + wait));
        if (clerk.storeId !== done.storeId) expect(may).toBe(false);
        else if (clerk.isManager) expect(may).toBe(true);
      }),
    );
  });

  it('is for the same guide exactly as long as the brand says, and for no other guide', () => {
    fc.assert(
      fc.property(clerks, doings, minutes, waits, (one, done, allowed, wait) => {
        const clerk = { ...one, isManager: false, storeId: done.storeId };
        const isInTime = allowed > 0 && wait <= allowed * 60_000;
        expect(mayUndo(clerk, done, allowed, new Date(done.at.getTime() + wait))).toBe(
          isInTime && clerk.guideId === done.guideId,
        );
      }),
    );
  });

  it('ends for whoever did it at the instant that is told', () => {
    const done = { guideId: asId<'guide'>('7'), storeId: asId<'store'>('1'), at: new Date(START) };
    const clerk = { ...done, isManager: false };
    const until = undoUntil(done, 10);
    expect(until.toISOString()).toBe('2026-11-22T08:10:00.000Z');
    expect(mayUndo(clerk, done, 10, until)).toBe(true);
    expect(mayUndo(clerk, done, 10, new Date(until.getTime() + 1))).toBe(false);
  });

  it('says whom to ask, with the minutes of the brand', () => {
    expect([undoRefusal(3), undoRefusal(0)]).toEqual(['3 分钟内由本人撤销，之后请店长处理', '撤销要由店长来做']);
  });
});
