// Rows have owners: SQL stands in stores only, and a store touches the tables of its own module. What is allowed besides is
// listed, with its reason, in tables.mjs and table-readers.mjs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryFiles } from './repository-files.mjs';
import { root } from './steps.mjs';
import { READERS } from './table-readers.mjs';
import { OWNERS, WRITERS } from './tables.mjs';

const SOURCE = /^server\/src\/.*\.ts$/;
const NOT_RUNNING = /\.spec\.ts$|\/(testing|migrations)\//;
/** Invariants are SQL by nature: they look across modules, so that nobody vouches for himself. */
const INVARIANTS = /\.invariants\.ts$/;
const STORE = /^server\/src\/(modules\/[^/]+\/persistence|platform|gateways)\//;
const STATEMENT = /\b(SELECT\s.+\sFROM|INSERT (IGNORE )?INTO|UPDATE \w+ SET|DELETE FROM)\b/s;
const MENTION = /(?<!FOR\s)\b(FROM|JOIN|INTO|UPDATE|DELETE FROM)\s+([a-z][a-z_0-9]*)/g;
const WRITES = new Set(['INTO', 'UPDATE', 'DELETE FROM']);

const MIGRATIONS = 'server/src/migrations';
const created = new Set(
  readdirSync(join(root, MIGRATIONS)).flatMap((file) =>
    [...readFileSync(join(root, MIGRATIONS, file), 'utf8').matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name),
  ),
);
const ownerOf = new Map(Object.entries(OWNERS).flatMap(([module, tables]) => tables.map((table) => [table, module])));
/** Each "module table" of a list, and whether some statement needs it. */
const pairsOf = (lists) =>
  new Map(lists.flatMap(([module, tables]) => tables.map((table) => [`${module} ${table}`, false])));
const writers = pairsOf(WRITERS.map(({ by, tables }) => [by, tables]));
const readers = pairsOf(READERS.flatMap(({ reads }) => Object.entries(reads)));
const findings = [];

/** Every text of a file that may be SQL; what is put into a template is left out. */
function textsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const texts = [];
  const visit = (node) => {
    const at = () => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push([node.text, at()]);
    else if (ts.isTemplateExpression(node))
      texts.push([
        [node.head, ...node.templateSpans.map((span) => span.literal)].map((part) => part.text).join(' ? '),
        at(),
      ]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

const moduleOf = (file) =>
  /^server\/src\/modules\/([^/]+)\//.exec(file)?.[1] ?? /^server\/src\/([^/]+)\//.exec(file)?.[1];

function lookAt(file, text, line) {
  const place = `${file}:${line}`;
  if (STATEMENT.test(text) && !STORE.test(file))
    findings.push(`${place}: SQL belongs into persistence/, where it has a name`);
  const module = moduleOf(file);
  for (const [, verb, table] of text.matchAll(MENTION)) {
    const owner = ownerOf.get(table);
    if (!owner || owner === module) continue;
    const pair = `${module} ${table}`;
    const isWrite = WRITES.has(verb);
    const list = isWrite || writers.has(pair) ? writers : readers;
    const [what, where] = isWrite ? ['changes', 'tables.mjs'] : ['reads', 'table-readers.mjs'];
    if (list.has(pair)) list.set(pair, true);
    else
      findings.push(`${place}: ${module} ${what} ${table} of ${owner}; ask ${owner}, or list it in scripts/${where}`);
  }
}

for (const table of created) if (!ownerOf.has(table)) findings.push(`${table}: no module keeps this table`);
for (const table of ownerOf.keys()) if (!created.has(table)) findings.push(`${table}: no migration creates this table`);
for (const file of repositoryFiles())
  if (SOURCE.test(file) && !NOT_RUNNING.test(file) && !INVARIANTS.test(file))
    for (const [text, line] of textsOf(file)) lookAt(file, text, line);
for (const [list, name] of [
  [writers, 'tables.mjs'],
  [readers, 'table-readers.mjs'],
])
  for (const [pair, isUsed] of list) if (!isUsed) findings.push(`scripts/${name}: nothing needs "${pair}" any more`);

for (const finding of findings) console.error(finding);
if (findings.length === 0) console.log(`${created.size} tables, each with one owner`);
process.exitCode = findings.length > 0 ? 1 : 0;
