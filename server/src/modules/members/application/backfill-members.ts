import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { type Column, type OldMember, readHead, readRow } from '../domain/backfill-row.js';
import { type Backfill, BackfillStore } from '../persistence/backfill.store.js';
import { OldMembers } from './old-members.js';

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

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(OldMembers) private readonly people: OldMembers,
  ) {}

  /**
   * @param path a tab separated file in UTF-8 whose first line names the columns (`backfill-row.ts`)
   * @param batches how many batches at most; for tests of going on
   * @throws Error for a file without a usable first line
   */
  async run(brandId: BrandId, path: string, batches = Number.POSITIVE_INFINITY): Promise<Backfill> {
    const { head, hash, start } = await readStart(path);
    const columns = readHead(head);
    await this.people.prepare(brandId);
    let run = await this.unitOfWork.run('open back-fill', (tx) =>
      this.rows.open(tx, brandId, { id: this.ids.next(), source: basename(path), hash }),
    );
    if (run.state === 'DONE') return run;
    let batch: Line[] = [];
    let done = 0;
    const write = async (isEnd: boolean) => {
      const lines = batch;
      batch = [];
      run = await this.unitOfWork.run('back-fill', (tx) => this.write(tx, { brandId, hash, columns }, lines, isEnd));
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
    about: { brandId: BrandId; hash: string; columns: readonly Column[] },
    lines: readonly Line[],
    isEnd: boolean,
  ): Promise<Backfill> {
    const { brandId, hash, columns } = about;
    const startedAt = this.clock.now();
    const run = (await this.rows.find(tx, brandId, hash, true)) as Backfill;
    // Another process was here first: its lines are written.
    const fresh = lines.filter((line) => line.next > run.nextByte);
    const errors: { row: number; problem: string }[] = [];
    const people: OldMember[] = [];
    fresh.forEach(({ text }, index) => {
      const read = readRow(columns, text);
      if ('problem' in read) errors.push({ row: run.readRows + index + 2, problem: read.problem });
      else people.push(read);
    });
    const found = await this.people.find(tx, brandId, people);
    const written = await this.people.write(tx, brandId, found, { withMask: false });
    await this.rows.addErrors(tx, brandId, run.id, errors);
    const created = written.filter((one) => one.isNew);
    const next: Backfill = {
      ...run,
      state: isEnd ? 'DONE' : 'RUNNING',
      nextByte: fresh.at(-1)?.next ?? run.nextByte,
      readRows: run.readRows + fresh.length,
      created: run.created + created.length,
      matched: run.matched + (written.length - created.length),
      dormant: run.dormant + created.filter((one) => one.isDormant).length,
      candidates: run.candidates + written.filter((one) => one.isDoubtful).length,
      errorRows: run.errorRows + errors.length,
      busyMs: run.busyMs + (this.clock.now() - startedAt),
    };
    await this.rows.save(tx, brandId, next);
    return next;
  }
}

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
      // Spreadsheets put a mark before the first letter, which is no part of a name.
      head: begin
        .subarray(0, end)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .replace(/\r$/, ''),
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
