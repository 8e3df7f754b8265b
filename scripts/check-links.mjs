// Every relative link and picture in the documents leads to something, headings included.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { repositoryFiles } from './repository-files.mjs';
import { root } from './steps.mjs';

const withoutCode = (text) => text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');

/** The anchor that a heading gets, as code hosts make it. */
const anchorOf = (heading) =>
  heading
    .replace(/[`*_]|\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

function anchorsOf(file) {
  const text = readFileSync(join(root, file), 'utf8').replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const named = [...text.matchAll(/\b(?:id|name)="([^"]+)"/g)].map((match) => match[1]);
  return new Set([...[...text.matchAll(/^#{1,6}\s+(.*)$/gm)].map((match) => anchorOf(match[1])), ...named]);
}

const documents = repositoryFiles().filter((file) => file.endsWith('.md'));
const findings = documents.flatMap((file) => {
  const text = withoutCode(readFileSync(join(root, file), 'utf8'));
  const targets = [
    ...[...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map((match) => match[1]),
    ...[...text.matchAll(/<(?:img|a)[^>]*\s(?:src|href)="([^"]+)"/g)].map((match) => match[1]),
  ];
  return targets.flatMap((target) => {
    if (/^[a-z]+:/i.test(target)) return [];
    const [path, anchor] = decodeURI(target).split('#');
    const goal = path === '' ? file : normalize(join(path.startsWith('/') ? '.' : dirname(file), path));
    if (!existsSync(join(root, goal))) return [`${file}: leads nowhere: ${target}`];
    const hasHeadings = anchor && goal.endsWith('.md') && statSync(join(root, goal)).isFile();
    return hasHeadings && !anchorsOf(goal).has(anchor.toLowerCase()) ? [`${file}: no such heading: ${target}`] : [];
  });
});
for (const finding of findings) console.error(finding);
if (findings.length === 0) console.log(`${documents.length} documents`);
process.exitCode = findings.length > 0 ? 1 : 0;
