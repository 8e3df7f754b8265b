import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface Candidate {
  id: Id<'mergeCandidate'>;
  a: MemberId;
  b: MemberId;
  score: number;
  signals: unknown;
  blockers: unknown;
  state: 'OPEN' | 'MERGED' | 'REFUSED';
  createdAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  reason: string | null;
}

interface CandidateRow {
  id: Id<'mergeCandidate'>;
  a_id: MemberId;
  b_id: MemberId;
  score: number;
  signals: unknown;
  blockers: unknown;
  state: Candidate['state'];
  created_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  reason: string | null;
}

const CANDIDATE =
  'SELECT c.id, c.a_id, c.b_id, c.score, c.signals, c.blockers, c.state, c.created_at, c.decided_at, c.decided_by, c.reason FROM merge_candidate c';
const json = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);
const candidateOf = (row: CandidateRow): Candidate => ({
  id: row.id,
  a: row.a_id,
  b: row.b_id,
  score: row.score,
  signals: json(row.signals),
  blockers: json(row.blockers),
  state: row.state,
  createdAt: row.created_at,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
  reason: row.reason,
});
/** A pair has one order, so that it is one row. */
const pairOf = (a: MemberId, b: MemberId): [MemberId, MemberId] => (BigInt(a) < BigInt(b) ? [a, b] : [b, a]);

/** Pairs of records that may be one person, and what was decided about them. */
export class CandidatesStore {
  /** A pair enters the queue, or its score is brought up to date while nobody has decided. */
  async offer(
    tx: Tx,
    brandId: BrandId,
    pair: { id: Candidate['id']; a: MemberId; b: MemberId; score: number; signals: unknown; blockers: unknown },
  ): Promise<void> {
    const [a, b] = pairOf(pair.a, pair.b);
    await tx.execute(
      `INSERT INTO merge_candidate (brand_id, id, a_id, b_id, score, signals, blockers, state, created_at) VALUES (?,?,?,?,?,?,?,'OPEN',?)
       ON DUPLICATE KEY UPDATE signals = IF(state = 'OPEN', VALUES(signals), signals), blockers = IF(state = 'OPEN', VALUES(blockers), blockers),
         score = IF(state = 'OPEN', VALUES(score), score)`,
      [brandId, pair.id, a, b, pair.score, JSON.stringify(pair.signals), JSON.stringify(pair.blockers), tx.now],
    );
  }

  async decide(
    tx: Tx,
    brandId: BrandId,
    pair: { id: Candidate['id']; a: MemberId; b: MemberId; state: 'MERGED' | 'REFUSED'; by: string; reason: string },
  ): Promise<void> {
    const [a, b] = pairOf(pair.a, pair.b);
    await tx.execute(
      `INSERT INTO merge_candidate (brand_id, id, a_id, b_id, score, signals, blockers, state, created_at, decided_at, decided_by, reason)
       VALUES (?,?,?,?,0,'[]','[]',?,?,?,?,?)
       ON DUPLICATE KEY UPDATE state = VALUES(state), decided_at = VALUES(decided_at), decided_by = VALUES(decided_by), reason = VALUES(reason)`,
      [brandId, pair.id, a, b, pair.state, tx.now, tx.now, pair.by.slice(0, 60), pair.reason.slice(0, 200)],
    );
  }

  async pair(on: Queryable, brandId: BrandId, one: MemberId, other: MemberId): Promise<Candidate | null> {
    const [row] = await on.query<CandidateRow>(`${CANDIDATE} WHERE c.brand_id = ? AND c.a_id = ? AND c.b_id = ?`, [
      brandId,
      ...pairOf(one, other),
    ]);
    return row ? candidateOf(row) : null;
  }

  async find(on: Queryable, brandId: BrandId, id: Candidate['id']): Promise<Candidate | null> {
    const [row] = await on.query<CandidateRow>(`${CANDIDATE} WHERE c.brand_id = ? AND c.id = ?`, [brandId, id]);
    return row ? candidateOf(row) : null;
  }

  /** The queue, best first; an open pair of which one is gone has nothing to decide and is left out. */
  async list(
    on: Queryable,
    brandId: BrandId,
    wanted: { state: string; minScore: number; after: [score: string, id: string] | null; limit: number },
  ): Promise<Candidate[]> {
    const after = wanted.after ? 'AND (c.score < ? OR (c.score = ? AND c.id < ?))' : '';
    const alive = "AND m.status IN ('ACTIVE','DORMANT') AND n.status IN ('ACTIVE','DORMANT')";
    const rows = await on.query<CandidateRow>(
      `${CANDIDATE} JOIN member m ON m.brand_id = c.brand_id AND m.id = c.a_id JOIN member n ON n.brand_id = c.brand_id AND n.id = c.b_id
       WHERE c.brand_id = ? AND c.state = ? AND c.score >= ? ${wanted.state === 'OPEN' ? alive : ''} ${after}
       ORDER BY c.score DESC, c.id DESC LIMIT ?`,
      [
        brandId,
        wanted.state,
        wanted.minScore,
        ...(wanted.after ? [wanted.after[0], wanted.after[0], wanted.after[1]] : []),
        wanted.limit,
      ],
    );
    return rows.map(candidateOf);
  }
}
