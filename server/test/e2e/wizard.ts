import { createHash } from 'node:crypto';
import type { Api } from '@shuke/shared/api';
import type { E2e } from '../harness/e2e.js';

export type FileKind = 'MEMBERS' | 'ORDERS' | 'PRODUCTS' | 'STOCK' | 'BALANCES';
interface Options {
  moneyUnit: 'YUAN' | 'FEN';
  cardPrefix: string;
  shiftDays: number;
  givesPoints: boolean;
}
const PART = 1_000_000;

/** Brings files in as headquarters does in the console, one step after the other. */
export class Wizard {
  constructor(
    private readonly e2e: E2e,
    readonly hq: Api,
  ) {}

  async upload(kind: FileKind, fileName: string, bytes: Buffer, parentId?: string) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const body = { kind, fileName, bytes: bytes.length, sha256, ...(parentId ? { parentId } : {}) };
    let job = await this.hq.console.openImport({ body });
    for (let part = 0; part * PART < bytes.length; part += 1) {
      const dataBase64 = bytes.subarray(part * PART, (part + 1) * PART).toString('base64');
      job = await this.hq.console.putImportPart({ params: { id: job.id, part }, body: { dataBase64 } });
    }
    return job;
  }

  async settled(id: string) {
    for (let round = 0; round < 200; round += 1) {
      await this.e2e.work(1);
      const job = await this.hq.console.importJob({ params: { id } });
      if (!['CHECKING', 'RUNNING', 'UNDOING'].includes(job.state)) return job;
    }
    throw new Error('the import does not come to an end');
  }

  /** Maps a file as the wizard guesses, and tries it. */
  async tried(id: string, options: Partial<Options> = {}) {
    const head = await this.hq.console.importHead({ params: { id } });
    const body = { mapping: head.guess, options: { ...head.options, ...options } };
    await this.hq.console.tryImport({ params: { id }, body });
    return this.settled(id);
  }

  async imported(id: string) {
    await this.hq.console.runImport({ params: { id } });
    return this.settled(id);
  }

  async undone(id: string) {
    await this.hq.console.undoImport({ params: { id } });
    return this.settled(id);
  }

  /** A whole file of text through all steps. */
  async all(kind: FileKind, fileName: string, text: string, more: { parentId?: string } & Partial<Options> = {}) {
    const { parentId, ...options } = more;
    const { id } = await this.upload(kind, fileName, Buffer.from(text), parentId);
    const trial = await this.tried(id, options);
    return { id, trial, done: trial.state === 'CHECKED' ? await this.imported(id) : trial };
  }

  async issues(id: string) {
    const { items } = await this.hq.console.importIssues({ params: { id }, query: {} });
    return items.map((item): [number, string] => [item.row, item.problem]);
  }
}
