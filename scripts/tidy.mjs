// The project's own ban list: what no linter knows is forbidden here. Each rule says why.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isText, repositoryFiles } from './repository-files.mjs';
import { root } from './steps.mjs';

const MOST_LINES = 400;
const CODE = /\.(ts|tsx|mts|mjs|cjs|js)$/;
const TEST = /\.(spec|test)\.[cm]?tsx?$|\/test\/|\/testing\/|^e2e\//;
const MONEY =
  /^(shared\/src\/(kernel|rules)|verifier\/src|server\/src\/modules\/(settlement|payments|orders|pricing|carts))\/|\/money\.[a-z]+$/;
// This file names what it forbids.
const SELF = 'scripts/tidy.mjs';

/** Rules on lines: which files, what, why. */
const LINE_RULES = [
  {
    files: (file) => /^server\/src\//.test(file) && !TEST.test(file) && !/\/clock[^/]*(\/|\.ts$)/.test(file),
    pattern: /\bDate\.now\(|\bnew Date\(\)/,
    why: 'time comes from the injected Clock, so that tests and the demo can move it',
  },
  {
    files: (file) => MONEY.test(file) && CODE.test(file) && !TEST.test(file),
    pattern: /\bMath\.round\(|\bparseFloat\(|\.toFixed\(/,
    why: 'money is whole fen; the one place that rounds is the kernel',
  },
  {
    files: (file) => CODE.test(file),
    pattern: /\b(describe|it|test)\.(only|skip|todo|failing)\b|(^|[^.\w])(xit|xdescribe|xtest|fit|fdescribe)\(/,
    why: 'a test runs always or does not exist',
  },
  {
    files: (file) => CODE.test(file),
    pattern: /\bsynchronize:\s*true\b/,
    why: 'the schema changes by migrations only',
  },
  {
    files: (file) => !/package-lock\.json$|\.(svg|csv|gz|png|pdf)$/.test(file),
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/,
    why: 'finish it, or write it down where people plan',
  },
  {
    files: (file) => !/package-lock\.json$/.test(file),
    pattern: /(^|["'`\s(=])\/(home|Users|root|work|tmp)\/[A-Za-z0-9_]/,
    why: 'paths of one machine do not exist on the next',
  },
];

/** Rules on names of files and folders. */
const BAD_NAME = /^(utils?|helpers?|common|misc|stuff|lib-common)(\.[a-z.]+)?$/i;
const GOOD_NAME = /^[a-z0-9@_[\].-]+$/;
/** What profilers, servers and editors leave behind. */
const LEFT_BEHIND = /\.(log|pid|orig|rej|bak|swp|cpuprofile|heapsnapshot)$/;
const FREE_NAME = /(^|\/)(README|LICENSE|CHANGELOG|Dockerfile)[^/]*$/;

function nameFindings(file) {
  const findings = [];
  for (const part of file.split('/')) {
    if (BAD_NAME.test(part)) findings.push(`${file}: "${part}" says nothing; name it by what it does`);
  }
  if (LEFT_BEHIND.test(file)) findings.push(`${file}: a program left this behind; it is no part of the product`);
  const isSource = CODE.test(file) && !FREE_NAME.test(file);
  if (isSource && !GOOD_NAME.test(basename(file))) findings.push(`${file}: file names are kebab-case`);
  return findings;
}

function lineFindings(file, text) {
  const findings = [];
  const lines = text.split('\n');
  if (CODE.test(file) && !/\.generated\.ts$/.test(file) && lines.length - 1 > MOST_LINES) {
    findings.push(`${file}: ${lines.length - 1} lines, at most ${MOST_LINES}; it does more than one thing`);
  }
  const rules = LINE_RULES.filter((rule) => rule.files(file));
  lines.forEach((line, index) => {
    for (const rule of rules) {
      const match = rule.pattern.exec(line);
      if (match) findings.push(`${file}:${index + 1}: ${match[0].trim()} — ${rule.why}`);
    }
  });
  return findings;
}

const findings = repositoryFiles()
  .filter((file) => file !== SELF)
  .flatMap((file) => {
    const content = readFileSync(join(root, file));
    return [...nameFindings(file), ...(isText(content) ? lineFindings(file, content.toString('utf8')) : [])];
  });
for (const finding of findings) console.error(finding);
if (findings.length === 0) console.log('tidy');
process.exitCode = findings.length > 0 ? 1 : 0;
