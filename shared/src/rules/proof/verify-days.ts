import { addDays } from '../../kernel/index.js';
import { hashText } from './chain.js';
import { ChainBooks } from './chain-books.js';
import { type ProofText, readText } from './proof-text.js';
import { type Finding, type Verification, type VerifiedStore, verifyProof } from './verify.js';

export interface NamedProof {
  name: string;
  proof: ProofText;
}
export interface VerifiedFile extends Verification {
  name: string;
}
interface Claim {
  hash: string;
  file: VerifiedFile;
}

const dayOf = (file: Verification): string => file.header?.businessDay ?? '';
const chainOf = ({ header }: Verification): string => `${header?.brand.id ?? ''} ${header?.franchisee.id ?? ''}`;
const placeOf = (file: Verification): string => `${chainOf(file)} ${dayOf(file)}`;

/** Names a file by all of its bytes: one that is no text must not pass for the text that its reading leaves. */
function nameOf(proof: ProofText): string {
  const { text, brokenLines } = readText(proof);
  return `${hashText(text)} ${brokenLines.join()}`;
}

function find(file: VerifiedFile, line: number, text: string, seq: number | null = null): void {
  file.findings.push({ line, orderNo: null, seq, text } satisfies Finding);
}

/** Every place of a chain that a file speaks of: where a section begins, and each entry. */
function* placesOf(file: VerifiedFile): Generator<{ storeId: string; seq: number; hash: string; line: number }> {
  for (const { storeId, afterSeq, afterHash, line } of file.stores)
    yield { storeId, seq: afterSeq, hash: afterHash, line };
  for (const { entry, line } of file.entries)
    yield { storeId: entry.body.storeId, seq: entry.seq, hash: entry.hash, line };
}

/** One place of one chain has one fingerprint: a rewritten day, or a second proof of the same day, shows here. */
function checkPlaces(files: readonly VerifiedFile[]): void {
  const claims = new Map<string, Claim>();
  for (const file of files) {
    for (const { storeId, seq, hash, line } of placesOf(file)) {
      const key = `${chainOf(file)} ${storeId} ${seq}`;
      const known = claims.get(key) ?? { hash, file };
      claims.set(key, known);
      if (known.hash !== hash)
        find(
          file,
          line,
          `与 ${known.file.name}（${dayOf(known.file)}）里的第 ${seq} 条不是同一条：有一份被改写过`,
          seq,
        );
    }
  }
}

/** A later day goes on where the earlier one ended; between neighbouring days nothing can be missing. */
function checkNeighbours(earlier: VerifiedFile, later: VerifiedFile): void {
  if (chainOf(earlier) !== chainOf(later) || dayOf(earlier) === '' || dayOf(later) === dayOf(earlier)) return;
  const isNext = addDays(dayOf(earlier), 1) === dayOf(later) && earlier.header?.state !== 'DRAFT';
  const after = new Map(later.stores.map((store) => [store.storeId, store]));
  for (const before of earlier.stores) checkGoesOn(earlier, before, later, after.get(before.storeId), isNext);
}

function checkGoesOn(
  earlier: VerifiedFile,
  before: VerifiedStore,
  later: VerifiedFile,
  after: VerifiedStore | undefined,
  isNext: boolean,
): void {
  const { storeName, headSeq } = before;
  if (!after) {
    if (isNext) find(later, 1, `${dayOf(earlier)} 有门店 ${storeName}，这一份里没有`);
    return;
  }
  if (after.afterSeq < headSeq)
    find(
      later,
      after.line,
      `门店 ${storeName} 从第 ${after.afterSeq} 条接起，而 ${dayOf(earlier)} 已经到第 ${headSeq} 条`,
    );
  else if (isNext && after.afterSeq > headSeq)
    find(
      later,
      after.line,
      `门店 ${storeName} 缺少第 ${headSeq + 1} 到 ${after.afterSeq} 条：${dayOf(earlier)} 的证明被截短过`,
    );
}

/**
 * Checks the proofs of several days together (product.md S4). One file can be rewritten from its first line to its seal
 * by whoever wrote it; it then no longer fits what was handed out for the days before and after, or for the same day.
 *
 * @param proofs in any order; the same file twice counts once
 * @returns one result for each file, by day; what does not fit between two files stands with the later one
 */
export function verifyProofs(proofs: readonly NamedProof[]): VerifiedFile[] {
  const once = [...new Map(proofs.map((one) => [nameOf(one.proof), one])).values()];
  const read = once
    .map(({ name, proof }) => {
      const own = new ChainBooks();
      return { name, proof, own, alone: verifyProof(proof, own) };
    })
    .sort((a, b) => (placeOf(a.alone) < placeOf(b.alone) ? -1 : 1));
  const books = new Map<string, ChainBooks>();
  const files = read.map(({ name, proof, own, alone }): VerifiedFile => {
    // Two proofs of one day are held against each other below; neither may count as what happened before the other.
    const isOnlyOne = read.filter((one) => placeOf(one.alone) === placeOf(alone)).length === 1;
    const known = isOnlyOne ? books.get(chainOf(alone)) : undefined;
    if (known) return { name, ...verifyProof(proof, known) };
    if (isOnlyOne) books.set(chainOf(alone), own);
    return { name, ...alone };
  });
  checkPlaces(files);
  for (const [index, later] of files.entries()) {
    const earlier = files[index - 1];
    if (earlier) checkNeighbours(earlier, later);
  }
  for (const file of files) file.isRight = file.findings.length === 0;
  return files;
}
