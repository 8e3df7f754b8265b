// Both browsers and Node have it; the shared code is compiled without the types of either.
declare const TextDecoder: new (
  label: string,
  options: { fatal?: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
type Decoder = InstanceType<typeof TextDecoder>;

/** A proof as text or, better, as the bytes of its file. */
export type ProofText = string | Uint8Array;

const NEWLINE = 10;

/**
 * Reads a proof's bytes strictly: a byte order mark stays, and what is not UTF-8 is named by its line instead of being
 * replaced, since a replaced byte would be one that nobody sees changed.
 */
export function readText(proof: ProofText): { text: string; brokenLines: number[] } {
  if (typeof proof === 'string') return { text: proof, brokenLines: [] };
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return { text: strict.decode(proof), brokenLines: [] };
  } catch {
    return {
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(proof),
      brokenLines: linesNotText(proof, strict),
    };
  }
}

function linesNotText(bytes: Uint8Array, strict: Decoder): number[] {
  const broken: number[] = [];
  for (let from = 0, line = 1; from <= bytes.length; line += 1) {
    const end = bytes.indexOf(NEWLINE, from);
    const to = end === -1 ? bytes.length : end;
    try {
      strict.decode(bytes.subarray(from, to));
    } catch {
      broken.push(line);
    }
    from = to + 1;
  }
  return broken;
}
