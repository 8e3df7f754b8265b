import { readFileSync } from 'node:fs';
import type { Fen } from '@shuke/shared/kernel';
import { yuanText } from '@shuke/shared/kernel';
import { type Verification, verifyProof } from '@shuke/shared/rules';
import { PARTIES, placeText, verdictText } from './words.js';

const USAGE = '用法：node cli.js <证明文件> [--json]';

function report(result: Verification, file: string): string {
  const { header, totals, entries, findings } = result;
  const lines: string[] = [];
  if (header) lines.push(`${header.brand.name} · ${header.franchisee.name} · ${header.businessDay}`);
  if (totals) {
    lines.push(`共 ${entries.length} 条，合计 ¥${yuanText(totals.amountFen as Fen)}`);
    lines.push(PARTIES.map(({ key, name }) => `${name} ¥${yuanText(totals[key] as Fen)}`).join('，'));
  }
  lines.push(result.isRight ? `一致：${file} 的每一分钱都能重算出来` : `${verdictText(result)}：${file}`);
  for (const finding of findings) lines.push(`  ${placeText(finding)}：${finding.text}`);
  return `${lines.join('\n')}\n`;
}

/** 0: agrees, 1: something does not, 2: the file cannot be read. */
function main(args: readonly string[]): number {
  const [file, ...more] = args.filter((arg) => arg !== '--json');
  if (!file || more.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    process.stderr.write(`读不到文件 ${file}：${(error as Error).message}\n`);
    return 2;
  }
  const result = verifyProof(text);
  if (args.includes('--json')) {
    const { isRight, header, totals, findings, entries } = result;
    process.stdout.write(
      `${JSON.stringify({ isRight, header, totals, entryCount: entries.length, findings }, null, 1)}\n`,
    );
  } else process.stdout.write(report(result, file));
  return result.isRight ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
