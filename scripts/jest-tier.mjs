// Runs one jest project and reads its counts.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npmBin, root, runStep } from './steps.mjs';

/**
 * @param {string} project name of a jest project, see jest.config.mjs
 * @returns {Promise<{ ok: boolean, ms: number, log: string, passed: number, failed: number, failures: string[] }>}
 */
export async function runJest(project, flags = []) {
  const output = join(root, '.data', 'test', `${project}.json`);
  prepare(output);
  const log = join(root, '.data', 'log', `test-${project}.log`);
  const args = [
    '--selectProjects',
    project,
    '--json',
    `--outputFile=${output}`,
    '--passWithNoTests',
    '--ci',
    '--forceExit',
    ...flags,
  ];
  const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim();
  const step = await runStep({ command: npmBin('jest'), args, env: { NODE_OPTIONS }, log });
  return { ...step, ...countsOf(output) };
}

/** Runs the vitest of a front end and reads its counts. */
export async function runVitest(app) {
  const output = join(root, '.data', 'test', `${app}.json`);
  prepare(output);
  const log = join(root, '.data', 'log', `test-${app}.log`);
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const step = await runStep({ command: npmBin('vitest'), args, cwd: join(root, app), log });
  return { ...step, ...countsOf(output) };
}

function prepare(output) {
  mkdirSync(dirname(output), { recursive: true });
  rmSync(output, { force: true });
}

/** Counts of a jest or vitest JSON report; a suite that did not load counts as one failure. */
export function countsOf(output) {
  try {
    const report = JSON.parse(readFileSync(output, 'utf8'));
    const broken = report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    );
    const failures = report.testResults.flatMap((suite) =>
      suite.assertionResults
        .filter((test) => test.status === 'failed')
        .map((test) => `${shown(suite.name)}: ${test.fullName}`),
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      failures: [
        ...broken.map((suite) => `${shown(suite.name)} does not load: ${firstLine(suite.message)}`),
        ...failures,
      ],
    };
  } catch {
    return { passed: 0, failed: 1, failures: ['no report was written; see the log'] };
  }
}

const shown = (path) => (path.startsWith(root) ? path.slice(root.length) : path);
const firstLine = (text) =>
  (text ?? '')
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim()
    .slice(0, 200) ?? '';
