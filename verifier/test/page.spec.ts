import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyProof } from '@shuke/shared/rules';
import fc from 'fast-check';
import { tamper } from '../src/page/tamper.js';
import { sampleProof } from './sample-proof.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const good = sampleProof(3);

beforeAll(() => void execFileSync(process.execPath, [here('../build.mjs')]));

describe('the verifier page', () => {
  it('is one file that asks for nothing from the network', () => {
    const html = readFileSync(here('../dist/page/index.html'), 'utf8');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="(?!data:)/);
    expect(html).not.toMatch(/\/\*(style|script)\*\//);
    expect(html.match(/<\/script>/g)).toHaveLength(1);
  });

  it('finds whatever its own demo of tampering changes, and names the line', () => {
    const numbers = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const rest = [...values];
        const changed = tamper(good, () => rest.shift() ?? 0);
        if (!changed) throw new Error('nothing was changed');
        const { isRight, findings } = verifyProof(changed.text);
        expect(isRight).toBe(false);
        expect(findings.map((finding) => finding.line)).toContain(changed.line);
      }),
      { numRuns: 60 },
    );
  });

  it('has nothing to change in an empty file', () => {
    expect(tamper('', () => 0)).toBeNull();
  });
});
