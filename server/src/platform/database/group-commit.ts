import { AppError, refuse } from '../errors/app-error.js';
import type { Tx, UnitOfWork } from './unit-of-work.js';

/** How large groups get and how long they wait. */
export interface GroupLimits {
  /** Entries of one transaction at most. */
  most: number;
  /** How long the first entry of a group waits for others, in milliseconds. */
  waitMs: number;
  /** Entries that may wait at all; more are refused with BUSY, which is true and costs nothing. */
  backlog: number;
  /** Transactions under way at once. */
  flights: number;
}

const USUAL: GroupLimits = { most: 250, waitMs: 2, backlog: 5000, flights: 2 };

/** What became of one entry: its answer, or the refusal that is its alone. */
export type Verdict<Answer> = { answer: Answer } | { refusal: AppError };

interface Entry<Ask, Answer> {
  ask: Ask;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Group commit inside one process: requests that arrive within a few milliseconds share one transaction, so that a hot
 * row is locked once and the disk is waited for once for all of them. Nobody is answered before the commit; a process
 * that dies has told nobody "yes". A failure of the whole group is tried again in halves, so that an entry that the
 * database refuses takes no other entry with it.
 */
export class GroupCommit<Ask, Answer> {
  private waiting: Entry<Ask, Answer>[] = [];
  private flying = 0;
  private timer: NodeJS.Timeout | null = null;
  private readonly limits: GroupLimits;

  /**
   * @param apply does everything for a group in the transaction and answers for each entry in the order given; an entry
   *   that it refuses must have changed nothing. May run again for the same entries after a lock conflict
   */
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly label: string,
    private readonly apply: (tx: Tx, asks: readonly Ask[]) => Promise<readonly Verdict<Answer>[]>,
    limits: Partial<GroupLimits> = {},
  ) {
    this.limits = { ...USUAL, ...limits };
  }

  /**
   * Resolves when the transaction with this entry has committed.
   * @throws AppError BUSY when too many wait already; the entry's own refusal; the database's error, after which only
   *   the rows can tell whether it was done (the connection may have died during the commit)
   */
  submit(ask: Ask): Promise<Answer> {
    if (this.waiting.length >= this.limits.backlog) return Promise.reject(refuse('BUSY'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ ask, resolve, reject });
      this.look();
    });
  }

  /** How many wait for a transaction. */
  get backlog(): number {
    return this.waiting.length;
  }

  private look(): void {
    if (this.flying >= this.limits.flights || this.waiting.length === 0) return;
    if (this.waiting.length >= this.limits.most) {
      this.fly();
      return;
    }
    this.timer ??= setTimeout(() => {
      this.timer = null;
      if (this.flying < this.limits.flights && this.waiting.length > 0) this.fly();
    }, this.limits.waitMs);
  }

  private fly(): void {
    const group = this.waiting.splice(0, this.limits.most);
    this.flying += 1;
    void this.run(group).finally(() => {
      this.flying -= 1;
      this.look();
    });
  }

  private async run(group: readonly Entry<Ask, Answer>[]): Promise<void> {
    let verdicts: readonly Verdict<Answer>[];
    try {
      verdicts = await this.unitOfWork.run(this.label, (tx) =>
        this.apply(
          tx,
          group.map((one) => one.ask),
        ),
      );
    } catch (error) {
      await this.again(group, error);
      return;
    }
    group.forEach((one, at) => {
      const verdict = verdicts[at];
      if (verdict && 'answer' in verdict) one.resolve(verdict.answer);
      else one.reject(verdict?.refusal ?? new Error(`${this.label} did not answer for an entry`));
    });
  }

  private async again(group: readonly Entry<Ask, Answer>[], error: unknown): Promise<void> {
    if (group.length === 1) {
      group[0]?.reject(error);
      return;
    }
    const half = group.length >> 1;
    await this.run(group.slice(0, half));
    await this.run(group.slice(half));
  }
}
