import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
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

function put(text: string, name = 'proof.jsonl'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
const run = (...args: string[]) => spawnSync(process.execPath, [here('../dist/cli.js'), ...args], { encoding: 'utf8' });
const verify = (text: string, ...flags: string[]) => run(put(text), ...flags);

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

  it('prints the fingerprint and the chain’s head, to be compared with the statement', () => {
    const { stdout } = verify(good);
    expect(stdout).toContain(`文件指纹 ${createHash('sha256').update(good).digest('hex')}`);
    expect(stdout).toMatch(/链尾 湖滨店 第 6 条 [0-9a-f]{64}/);
  });

  it('ends with 1 for two right proofs of one day that differ, and names the row', () => {
    const { status, stdout } = run(
      put(good, 'a.jsonl'),
      put(sampleProof(5), 'b.jsonl'),
      put(sampleProof(4, 7), 'c.jsonl'),
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/第 4 行 · 序号 1：与 .*（2026-11-22）里的第 1 条不是同一条/);
  });

  it('lets no name in a file steer the terminal, and so write another verdict over ours', () => {
    const { status, stdout } = verify(good.replaceAll('湖滨店', '\\u001b[2J\\u202e店'));
    expect(status).toBe(1);
    expect(stdout).toContain('\ufffd[2J\ufffd店');
    expect([...stdout].filter((char) => char < ' ' && char !== '\n')).toEqual([]);
  });

  it('ends with 2 when there is no such file or none is named', () => {
    const missing = spawnSync(process.execPath, [here('../dist/cli.js'), join(folder, 'none')], { encoding: 'utf8' });
    const unnamed = spawnSync(process.execPath, [here('../dist/cli.js')], { encoding: 'utf8' });
    expect([missing.status, unnamed.status]).toEqual([2, 2]);
    expect(missing.stderr).toContain('读不到文件');
    expect(unnamed.stderr).toContain('用法');
  });
});
