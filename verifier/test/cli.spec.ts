import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleProof } from './sample-proof.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'shuke-proof-'));
const good = sampleProof(4);

beforeAll(() => void execFileSync(process.execPath, [here('../build.mjs')]));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function verify(text: string, ...flags: string[]) {
  const file = join(folder, 'proof.jsonl');
  writeFileSync(file, text);
  return spawnSync(process.execPath, [here('../dist/cli.js'), file, ...flags], { encoding: 'utf8' });
}

describe('the command line verifier', () => {
  it('ends with 0 and says 一致 for an untouched proof', () => {
    const { status, stdout } = verify(good);
    expect(stdout).toContain('一致');
    expect(stdout).toContain('雪岭 · 杭州拾羽服饰有限公司 · 2026-11-22');
    expect(status).toBe(0);
  });

  it('ends with 1 and names line, position and order number when one digit of an order was changed', () => {
    const lines = good.split('\n');
    const at = lines.findIndex((line) => line.includes('XL202611220002'));
    lines[at] = (lines[at] ?? '').replace('"feeBp":60', '"feeBp":61');
    const { status, stdout } = verify(lines.join('\n'));
    expect(status).toBe(1);
    expect(stdout).toMatch(new RegExp(`第 ${at + 1} 行 · 序号 \\d+ · 订单 XL202611220002：`));
    expect(stdout).toContain('按规则重算的各方金额与记录不同');
  });

  it('prints the findings as JSON on request', () => {
    const { status, stdout } = verify(good.replace('湖滨店', '湖边店'), '--json');
    const result = JSON.parse(stdout) as { isRight: boolean; findings: { line: number }[] };
    expect(status).toBe(1);
    expect(result.isRight).toBe(false);
    expect(result.findings.map((finding) => finding.line)).toContain(3);
  });

  it('ends with 2 when there is no such file or none is named', () => {
    const missing = spawnSync(process.execPath, [here('../dist/cli.js'), join(folder, 'none')], { encoding: 'utf8' });
    const unnamed = spawnSync(process.execPath, [here('../dist/cli.js')], { encoding: 'utf8' });
    expect([missing.status, unnamed.status]).toEqual([2, 2]);
    expect(missing.stderr).toContain('读不到文件');
    expect(unnamed.stderr).toContain('用法');
  });
});
