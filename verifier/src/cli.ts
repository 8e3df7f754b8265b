import { readFileSync } from 'node:fs';
import type { Fen } from '@shuke/shared/kernel';
import { yuanText } from '@shuke/shared/kernel';
import { type VerifiedFile, verifyProofs } from '@shuke/shared/rules';
import { headText, PARTIES, placeText, verdictText } from './words.js';

const USAGE = '用法：node cli.js <证明文件>… [--json]（几天的文件一起给，还会核对每天是否接着前一天）';

/** What steers a terminal or turns the direction of reading: with it, names in a file could rewrite our verdict. */
const STEERS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const printable = (text: string): string => text.replace(STEERS, '\ufffd');

function report(result: VerifiedFile): string {
  const { header, totals, entries, findings, name, stores } = result;
  const lines: string[] = [];
  if (header) {
    const draft = header.state === 'DRAFT' ? '（当天还没有出账单）' : '';
    lines.push(`${header.brand.name} · ${header.franchisee.name} · ${header.businessDay}${draft}`);
  }
  if (totals) {
    lines.push(`共 ${entries.length} 条，合计 ¥${yuanText(totals.amountFen as Fen)}`);
    lines.push(PARTIES.map(({ key, name: party }) => `${party} ¥${yuanText(totals[key] as Fen)}`).join('，'));
  }
  for (const store of stores) lines.push(`链尾 ${store.storeName} ${headText(store)}`);
  lines.push(`文件指纹 ${result.fingerprint}（与对账单上印的一致，才是当天发布的那一份）`);
  lines.push(result.isRight ? `一致：${name} 的每一分钱都能重算出来` : `${verdictText(result)}：${name}`);
  for (const finding of findings) lines.push(`  ${placeText(finding)}：${finding.text}`);
  return lines.map((line) => `${printable(line)}\n`).join('');
}

const forMachines = ({ name, isRight, header, totals, stores, fingerprint, findings, entries }: VerifiedFile) => ({
  file: name,
  isRight,
  header,
  totals,
  stores,
  fingerprint,
  entryCount: entries.length,
  findings,
});

/** 0: agrees, 1: something does not, 2: a file cannot be read. */
function main(args: readonly string[]): number {
  const names = args.filter((arg) => arg !== '--json');
  if (names.length === 0 || names.some((name) => name.startsWith('--'))) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const proofs: { name: string; proof: Uint8Array }[] = [];
  for (const name of names) {
    try {
      proofs.push({ name, proof: readFileSync(name) });
    } catch (error) {
      process.stderr.write(`读不到文件 ${name}：${(error as Error).message}\n`);
      return 2;
    }
  }
  const files = verifyProofs(proofs);
  if (args.includes('--json')) {
    const results = files.map(forMachines);
    process.stdout.write(`${JSON.stringify(names.length === 1 ? results[0] : results, null, 1)}\n`);
  } else process.stdout.write(files.map(report).join('\n'));
  return files.every((file) => file.isRight) ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
