import { describe, expect, it } from '@jest/globals';
import { nextRelation, type Occasion } from './relation.js';
import { pauseMs, UNKNOWN_TRIES } from './retry.js';

const at = (kind: Occasion['kind'], atMs = 100, byTransfer = false): Occasion => ({ kind, atMs, byTransfer });
const friend = { state: 'FRIEND', closedAtMs: null } as const;
const lost = { state: 'LOST', closedAtMs: 100 } as const;
const half = { state: 'HALF', closedAtMs: null } as const;

describe('the state of a relation', () => {
  it.each([
    ['followed after an add', null, { createdAtMs: 90 }, at('added'), 'FRIEND'],
    ['followed after an edit that came before its add', null, { createdAtMs: 90 }, at('edited'), 'FRIEND'],
    ['a delete before its add leaves nothing', null, null, at('removed-by-guide'), null],
    ['an add whose delete came first leaves nothing', null, null, at('added'), null],
    ['the guide removed the contact', friend, null, at('removed-by-guide'), 'REMOVED'],
    ['handed over is no loss', friend, null, at('removed-by-guide', 100, true), 'TRANSFERRED'],
    ['a stale removal of a friend who was added again', friend, { createdAtMs: 120 }, at('removed-by-guide'), 'FRIEND'],
    ['the contact removed the guide, who still follows', friend, { createdAtMs: 90 }, at('removed-by-contact'), 'LOST'],
    ['lost although its event came before the add', null, { createdAtMs: 90 }, at('removed-by-contact'), 'LOST'],
    ['a late add event does not bring the lost one back', lost, { createdAtMs: 90 }, at('added', 90), 'LOST'],
    ['an edit does not bring the lost one back', lost, { createdAtMs: 90 }, at('edited', 200), 'LOST'],
    ['added again after being lost', lost, { createdAtMs: 150 }, at('added', 150), 'FRIEND'],
    ['half added and not readable yet', null, null, at('half-added'), 'HALF'],
    ['half added stays so on an edit', half, null, at('edited'), 'HALF'],
    ['confirmed after half', half, { createdAtMs: 90 }, at('added'), 'FRIEND'],
    ['missing in the nightly list', friend, null, at('read'), 'REMOVED'],
    ['missing in the nightly list, but known as lost', lost, null, at('read'), 'LOST'],
  ] as const)('%s', (_title, known, seen, occasion, state) => {
    expect(nextRelation(known, seen, occasion)?.state ?? null).toBe(state);
  });

  it('is tried again at growing pauses and becomes a dead letter in the end', () => {
    const pauses = [1, 2, 3, 4].map((tries) => pauseMs(tries, UNKNOWN_TRIES));
    expect(pauses).toEqual([1000, 5000, 30_000, 300_000]);
    expect(pauseMs(UNKNOWN_TRIES, UNKNOWN_TRIES)).toBeNull();
  });
});
