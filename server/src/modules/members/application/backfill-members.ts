import { createHash, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { type Column, type OldMember, readHead, readRow } from '../domain/backfill-row.js';
import { type Identifier, memberNoOf } from '../domain/identifiers.js';
import { type Backfill, BackfillStore, type OldMemberRow } from '../persistence/backfill.store.js';
import { MembersStore, type NewIdentifier } from '../persistence/members.store.js';
import { MemberPolicies } from './member-policies.js';

const BATCH = 2000;
const HEAD_BYTES = 4096;
const NEWLINE = 0x0a;

interface Line {
  text: string;
  /** Where the line after this one begins. */
  next: number;
}

/**
 * Reads a file of old members of any size (product.md A1): line by line, two thousand to a transaction that also keeps
 * how far it has come, so that a killed run goes on where it stopped and a repeated run changes nothing. Phones are kept
 * as digests only; a record that nobody has met sleeps until its phone is verified or told at a till.
 */
@Injectable()
export class BackfillMembers {
  private readonly rows = new BackfillStore();
  private readonly members = new MembersStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
  ) {}

  /**
   * @param path a tab separated file in UTF-8 whose first line names the columns (`backfill-row.ts`)
   * @param batches how many batches at most; for tests of going on
   * @throws Error for a file without a usable first line
   */
  async run(brandId: BrandId, path: string, batches = Number.POSITIVE_INFINITY): Promise<Backfill> {
    const { head, hash, start } = await readStart(path);
    const columns = readHead(head);
    const salt = await this.policies.salt(brandId);
    let run = await this.unitOfWork.run('open back-fill', (tx) =>
      this.rows.open(tx, brandId, { id: this.ids.next(), source: basename(path), hash }),
    );
    if (run.state === 'DONE') return run;
    let batch: Line[] = [];
    let done = 0;
    const write = async (isEnd: boolean) => {
      const lines = batch;
      batch = [];
      run = await this.unitOfWork.run('back-fill', (tx) =>
        this.write(tx, { brandId, hash, columns, salt }, lines, isEnd),
      );
      done += 1;
    };
    for await (const line of linesOf(path, Math.max(start, run.nextByte))) {
      batch.push(line);
      if (batch.length < BATCH) continue;
      await write(false);
      if (done >= batches) return run;
    }
    await write(true);
    return run;
  }

  private async write(
    tx: Tx,
    about: { brandId: BrandId; hash: string; columns: readonly Column[]; salt: string },
    lines: readonly Line[],
    isEnd: boolean,
  ): Promise<Backfill> {
    const { brandId, hash, columns, salt } = about;
    const startedAt = this.clock.now();
    const run = (await this.rows.find(tx, brandId, hash, true)) as Backfill;
    // Another process was here first: its lines are written.
    const fresh = lines.filter((line) => line.next > run.nextByte);
    const errors: { row: number; problem: string }[] = [];
    const people: { person: OldMember; identifiers: Identifier[] }[] = [];
    fresh.forEach(({ text }, index) => {
      const read = readRow(columns, text);
      if ('problem' in read) errors.push({ row: run.readRows + index + 2, problem: read.problem });
      else people.push({ person: read, identifiers: identifiersOf(read, salt) });
    });
    const known = await this.known(
      tx,
      brandId,
      people.flatMap((one) => one.identifiers),
    );
    const made: OldMemberRow[] = [];
    const claims: NewIdentifier[] = [];
    let matched = 0;
    for (const { person, identifiers } of people) {
      const owner = identifiers.map((one) => known.get(keyOf(one))).find((id) => id !== undefined);
      const memberId = owner ?? this.ids.next<'member'>();
      if (owner) matched += 1;
      else made.push(rowOf(memberId, person, tx.now));
      for (const one of identifiers) {
        if (known.has(keyOf(one))) continue;
        known.set(keyOf(one), memberId);
        claims.push({ ...one, memberId, source: 'IMPORT', at: tx.now });
      }
    }
    await this.rows.insert(tx, brandId, made);
    await this.members.claim(tx, brandId, claims);
    await this.rows.addErrors(tx, brandId, run.id, errors);
    const next: Backfill = {
      ...run,
      state: isEnd ? 'DONE' : 'RUNNING',
      nextByte: fresh.at(-1)?.next ?? run.nextByte,
      readRows: run.readRows + fresh.length,
      created: run.created + made.length,
      matched: run.matched + matched,
      dormant: run.dormant + made.filter((one) => one.status === 'DORMANT').length,
      errorRows: run.errorRows + errors.length,
      busyMs: run.busyMs + (this.clock.now() - startedAt),
    };
    await this.rows.save(tx, brandId, next);
    return next;
  }

  private async known(tx: Tx, brandId: BrandId, identifiers: readonly Identifier[]): Promise<Map<string, MemberId>> {
    const known = new Map<string, MemberId>();
    for (const kind of new Set(identifiers.map((one) => one.kind))) {
      const values = identifiers.filter((one) => one.kind === kind).map((one) => one.value);
      for (const [value, id] of await this.members.byValues(tx, brandId, kind, values))
        known.set(keyOf({ kind, value }), id);
    }
    return known;
  }
}

const keyOf = (one: Identifier): string => `${one.kind} ${one.value}`;

function identifiersOf(person: OldMember, salt: string): Identifier[] {
  if (person.phone === null) return person.identifiers;
  const value = createHmac('sha256', salt).update(person.phone).digest('hex');
  return [...person.identifiers, { kind: 'phone_hash', value }];
}

/** Whoever has a WeChat account is met as soon as they come; the others sleep. */
const rowOf = (id: MemberId, person: OldMember, now: Date): OldMemberRow => ({
  id,
  memberNo: memberNoOf(id),
  nickname: person.name,
  realName: person.realName,
  birthday: person.birthday,
  phoneMasked: null,
  status: person.identifiers.some((one) => one.kind === 'unionid') ? 'ACTIVE' : 'DORMANT',
  joinedAt: person.joinedAt ?? now,
});

/** The head line and what tells this file from others: its beginning, end and size. */
async function readStart(path: string): Promise<{ head: string; hash: string; start: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const first = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const last = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, Math.max(0, size - HEAD_BYTES));
    const begin = first.buffer.subarray(0, first.bytesRead);
    const end = begin.indexOf(NEWLINE);
    if (end === -1) throw new Error('the file has no first line with column names');
    const hash = createHash('sha256')
      .update(begin)
      .update(last.buffer.subarray(0, last.bytesRead))
      .update(String(size));
    return {
      head: begin.subarray(0, end).toString('utf8').replace(/\r$/, ''),
      hash: hash.digest('hex'),
      start: end + 1,
    };
  } finally {
    await file.close();
  }
}

/** Lines from a byte on, each with where the next begins; holds one chunk and one line in memory. */
async function* linesOf(path: string, from: number): AsyncIterable<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let at = from;
  for await (const chunk of createReadStream(path, { start: from, highWaterMark: 1 << 18 })) {
    let buffer: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    for (let end = buffer.indexOf(NEWLINE); end !== -1; end = buffer.indexOf(NEWLINE)) {
      at += end + 1;
      const text = buffer.subarray(0, end).toString('utf8').replace(/\r$/, '');
      if (text !== '') yield { text, next: at };
      buffer = buffer.subarray(end + 1);
    }
    rest = buffer;
  }
  if (rest.length > 0) yield { text: rest.toString('utf8').replace(/\r$/, ''), next: at + rest.length };
}
