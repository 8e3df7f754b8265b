// docs/promises.md is only worth something while every promise is kept by a test. A promise looks like this:
//
//   - **P-01** A sentence a user can hold us to.
//     Tests: `a part of a test's title`, `server/test/e2e/some.e2e.spec.ts`
//
// Numbers run from 01 without gaps. Ids of the lists (pay-01, wecom-01, inv-01, pain-01 …) that any document mentions
// must stand in a test's title, too.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFiles } from './repository-files.mjs';
import { root } from './steps.mjs';

const PROMISES = 'docs/promises.md';
const START = /^[\s>*#|-]*P-(\d{2,3})\b/;
const LIST_ID = /\b(?:pay|wecom|inv|pain)-\d{2}\b/g;
const findings = [];

const files = repositoryFiles();
const read = (file) => readFileSync(join(root, file), 'utf8');
const isTest = (file) => /\.(spec|test)\.[cm]?tsx?$|^e2e\/.*\.(mjs|ts)$|\.journey\.(mjs|ts)$/.test(file);
/** Titles of all tests; a title may be a template or the first cell of a table, so whole texts are searched. */
const tests = files.filter(isTest).map(read).join('\n');

function blocksOf(text) {
  const blocks = [];
  text.split('\n').forEach((line, index) => {
    const start = START.exec(line);
    if (start) blocks.push({ number: Number(start[1]), id: `P-${start[1]}`, line: index + 1, lines: [line] });
    else if (/^#/.test(line)) blocks.push(null);
    else blocks.at(-1)?.lines.push(line);
  });
  return blocks.filter((block) => block !== null);
}

function checkBlock({ id, line, lines }) {
  const text = lines.join('\n');
  const named = /\bTests?:([\s\S]*)/i.exec(text)?.[1] ?? '';
  const references = [...named.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  if (references.length === 0) findings.push(`${PROMISES}:${line}: ${id} names no test`);
  for (const reference of references) {
    const isPath = /^[\w@.-]+(\/[\w@.[\]-]+)+$/.test(reference);
    if (isPath ? existsSync(join(root, reference)) : tests.includes(reference)) continue;
    findings.push(`${PROMISES}:${line}: ${id} names ${isPath ? 'a file' : 'a test'} that does not exist: ${reference}`);
  }
}

if (!existsSync(join(root, PROMISES))) findings.push(`${PROMISES} is missing`);
else {
  const blocks = blocksOf(read(PROMISES));
  if (blocks.length === 0) findings.push(`${PROMISES}: no promise found`);
  blocks.forEach((block, index) => {
    if (block.number !== index + 1) findings.push(`${PROMISES}:${block.line}: ${block.id} is out of order`);
    checkBlock(block);
  });
  console.log(`${blocks.length} promises`);
}
for (const file of files.filter((one) => one.endsWith('.md'))) {
  for (const id of new Set(read(file).match(LIST_ID) ?? [])) {
    if (!tests.includes(id)) findings.push(`${file}: ${id} stands in no test title`);
  }
}
for (const finding of findings) console.error(finding);
process.exitCode = findings.length > 0 ? 1 : 0;
