import { describe, expect, it } from '@jest/globals';
import { asId, type MemberId } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { emptyAccount } from '../persistence/asset-rows.js';
import { AssetBook } from './asset-book.js';
import { type Asset, GRACE_MS, type Lot, type LotUse, NotEnough } from './asset-types.js';
import { backsOf } from './hold-parts.js';

const owner = asId<'member'>('7') as MemberId;
const START = Date.parse('2026-11-22T02:00:00Z');
const DAY = 86_400_000;

function lotOf(id: number, over: Partial<Lot>): Lot {
  const lotId = asId<'lot'>(String(id));
  return {
    id: lotId,
    ownerId: owner,
    kind: 'POINTS',
    state: 'ACTIVE',
    pairId: lotId,
    granted: 0,
    remaining: 0,
    held: 0,
    originKind: 'TEST',
    originId: lotId,
    originOwnerId: owner,
    storeId: null,
    terms: null,
    title: 't',
    createdAt: new Date(START + id),
    activeAt: null,
    expiresAt: null,
    ...over,
  };
}

/** A book that is opened again for every operation, as the database does, with what the entries say beside it. */
class World {
  readonly account = emptyAccount(owner);
  readonly lots = new Map<string, Lot>();
  readonly moved = new Map<string, number>();
  readonly holds: { uses: LotUse[]; state: 'HELD' | 'CAPTURED' | 'RELEASED' }[] = [];
  now = START;
  next = 1;
  entries = 0;
  amount = 0;
  pending = 0;

  constructor(readonly asset: Asset) {}

  change(work: (book: AssetBook) => void): void {
    const book = new AssetBook(this.asset, this.account, [...this.lots.values()], new Date(this.now));
    book.settle();
    try {
      work(book);
    } catch (error) {
      if (!(error instanceof NotEnough)) throw error;
    }
    for (const lot of book.lots.values()) this.lots.set(lot.id, lot);
    for (const entry of book.entries) {
      this.entries += 1;
      this.amount += entry.amount;
      this.pending += entry.pending;
      for (const one of entry.movements)
        this.moved.set(one.lotId, (this.moved.get(one.lotId) ?? 0) + one.amount + one.pending);
    }
    this.account.entryCount = this.entries;
    this.check();
  }

  check(): void {
    const lots = [...this.lots.values()];
    const sum = (pick: (lot: Lot) => number) => lots.reduce((total, lot) => total + pick(lot), 0);
    expect(this.account.balance).toBe(this.amount);
    expect(this.account.pending).toBe(this.pending);
    expect(sum((lot) => (lot.state === 'PENDING' ? 0 : lot.remaining)) - this.account.owed).toBe(this.account.balance);
    expect(sum((lot) => (lot.state === 'PENDING' ? lot.remaining : 0))).toBe(this.account.pending);
    expect(sum((lot) => lot.held)).toBe(this.account.held);
    for (const lot of lots) {
      expect(lot.held).toBeGreaterThanOrEqual(0);
      expect(lot.remaining).toBeGreaterThanOrEqual(lot.held);
      expect(lot.remaining).toBeLessThanOrEqual(lot.granted);
      expect(this.moved.get(lot.id) ?? 0).toBe(lot.remaining);
    }
    if (this.asset === 'WALLET') expect(this.account.balance).toBeGreaterThanOrEqual(0);
  }
}

const step = fc.oneof(
  fc.record({
    do: fc.constant('credit' as const),
    n: fc.integer({ min: 1, max: 5000 }),
    days: fc.option(fc.integer({ min: 1, max: 20 })),
    wait: fc.option(fc.integer({ min: 1, max: 10 })),
  }),
  fc.record({
    do: fc.constant('hold' as const),
    n: fc.integer({ min: 1, max: 4000 }),
    policy: fc.constantFrom('PROPORTIONAL' as const, 'PRINCIPAL_FIRST' as const, 'BONUS_FIRST' as const),
  }),
  fc.record({ do: fc.constantFrom('capture' as const, 'release' as const), n: fc.nat(20) }),
  fc.record({ do: fc.constant('putBack' as const), n: fc.nat(20), share: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ do: fc.constant('takeBack' as const), n: fc.nat(20), amount: fc.integer({ min: 1, max: 4000 }) }),
  fc.record({ do: fc.constant('pass' as const), n: fc.integer({ min: 1, max: 8 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function credit(world: World, one: Extract<Step, { do: 'credit' }>): void {
  const expiresAt = one.days === null ? null : new Date(world.now + one.days * DAY);
  const state = one.wait === null ? 'ACTIVE' : 'PENDING';
  const activeAt = one.wait === null ? null : new Date(world.now + one.wait * DAY);
  world.change((book) => {
    const id = world.next++;
    const cause = { kind: 'EARN', ref: `E${id}`, title: 't' };
    if (world.asset !== 'WALLET') {
      book.credit(lotOf(id, { granted: one.n, state, activeAt, expiresAt }), cause);
      return;
    }
    const pairId = asId(String(id));
    book.credit(lotOf(id, { kind: 'PRINCIPAL', granted: one.n, pairId }), cause);
    const bonusId = world.next++;
    const bonus = { kind: 'BONUS' as const, granted: Math.ceil(one.n / 5), pairId, expiresAt };
    book.credit(lotOf(bonusId, bonus), { ...cause, ref: `E${bonusId}` });
  });
}

function act(world: World, one: Step): void {
  if (one.do === 'pass') {
    world.now += one.n * DAY;
    world.change(() => undefined);
    return;
  }
  if (one.do === 'credit') {
    credit(world, one);
    return;
  }
  if (one.do === 'hold') {
    world.change((book) => {
      world.holds.push({ uses: book.hold(one.n, one.policy), state: 'HELD' });
    });
    return;
  }
  if (one.do === 'takeBack') {
    if (world.asset === 'WALLET') return;
    const lots = [...world.lots.values()];
    world.change((book) => {
      const lot = lots[one.n % Math.max(1, lots.length)];
      const wanted = lot ? Math.min(one.amount, lot.granted) : 0;
      const done = book.takeBack(lot ? [lot.id] : [], wanted, { kind: 'TAKE_BACK', ref: 't', title: 't' });
      expect(done.fromPending + done.fromBalance + done.owed).toBe(wanted);
    });
    return;
  }
  const hold = world.holds[one.n % Math.max(1, world.holds.length)];
  if (!hold) return;
  world.change((book) => {
    if (one.do === 'putBack' && hold.state === 'CAPTURED') {
      const left = hold.uses.reduce((sum, use) => sum + use.amount - use.returned, 0);
      const amount = Math.floor((left * one.share) / 100);
      const cause = { kind: 'REFUND', ref: 'r', title: 't' };
      const backs = backsOf(hold.uses, amount);
      book.putBack(backs, cause, world.asset === 'WALLET' ? 'LAPSE' : 'GRACE');
      expect(backs.reduce((sum, back) => sum + back.amount, 0)).toBe(amount);
      backs.forEach((back, index) => {
        const use = hold.uses[index] as LotUse;
        use.returned += back.amount;
        expect(use.returned).toBeLessThanOrEqual(use.amount);
      });
    } else if (one.do === 'capture' && hold.state === 'HELD') {
      hold.state = 'CAPTURED';
      book.capture(hold.uses, { kind: 'CAPTURE', ref: 'c', title: 't' });
    } else if (one.do === 'release' && hold.state === 'HELD') {
      hold.state = 'RELEASED';
      book.release(hold.uses);
    }
  });
}

describe('the ledger of assets', () => {
  for (const asset of ['WALLET', 'POINTS'] as const) {
    it(`pain-12: keeps lots, entries and balance of ${asset.toLowerCase()} equal through any history`, () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          const world = new World(asset);
          for (const one of steps) act(world, one);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('takes principal and bonus of the oldest top-up first, in their proportion', () => {
    const world = new World('WALLET');
    credit(world, { do: 'credit', n: 5000, days: null, wait: null });
    credit(world, { do: 'credit', n: 1000, days: null, wait: null });
    world.change((book) => {
      expect(book.hold(3000, 'PROPORTIONAL').map((use) => use.amount)).toEqual([2500, 500]);
      expect(book.hold(3600, 'BONUS_FIRST').map((use) => use.amount)).toEqual([500, 2500, 200, 400]);
    });
  });

  it('pain-13: takes back points that were spent as a debt, which the next points pay', () => {
    const world = new World('POINTS');
    world.change((book) => book.credit(lotOf(1, { granted: 100 }), { kind: 'EARN', ref: 'a', title: 't' }));
    world.change((book) => void book.take(80, 'PROPORTIONAL', { kind: 'SPEND', ref: 'b', title: 't' }));
    world.change((book) =>
      expect(book.takeBack([asId<'lot'>('1')], 100, { kind: 'TAKE_BACK', ref: 'c', title: 't' })).toEqual({
        fromPending: 0,
        fromBalance: 20,
        owed: 80,
      }),
    );
    expect(world.account).toMatchObject({ balance: -80, owed: 80 });
    world.change((book) => book.credit(lotOf(2, { granted: 100 }), { kind: 'EARN', ref: 'd', title: 't' }));
    expect(world.account).toMatchObject({ balance: 20, owed: 0 });
  });

  it('protects a held lot from lapsing and gives it a day of grace when it is free again', () => {
    const world = new World('POINTS');
    const expiresAt = new Date(START + DAY);
    world.change((book) => book.credit(lotOf(1, { granted: 100, expiresAt }), { kind: 'EARN', ref: 'a', title: 't' }));
    let uses: LotUse[] = [];
    world.change((book) => {
      uses = book.hold(60, 'PROPORTIONAL');
    });
    world.now += 3 * DAY;
    world.change(() => undefined);
    expect(world.account).toMatchObject({ balance: 60, held: 60 });
    world.change((book) => book.release(uses));
    expect(world.account).toMatchObject({ balance: 60, held: 0 });
    world.now += GRACE_MS;
    world.change(() => undefined);
    expect(world.account.balance).toBe(0);
  });
});
