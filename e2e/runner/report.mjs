// One line for each step; a failed step ends its journey, because the next steps stand on it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const artifacts = fileURLToPath(new URL('../artifacts', import.meta.url));

const LOOK = process.env.E2E_LOOK;
/** Keeps a picture of a state for somebody to look at, when that was asked for. */
const shoot = async (page, name) => {
  if (!LOOK) return;
  mkdirSync(LOOK, { recursive: true });
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(LOOK, `${name}.png`), animations: 'disabled' });
};

class StepFailed extends Error {}

export class Report {
  passed = 0;
  failed = 0;

  constructor(say) {
    this.say = say;
  }

  /**
   * Runs one journey. Its `step(name, work)` reports; pages named by `watch` are photographed when a step fails.
   * @param {string} name
   * @param {(tools: { step: Function, watch: Function, shoot: Function }) => Promise<void>} journey
   */
  async run(name, journey) {
    this.say(`\n${name}`);
    const pages = new Map();
    const step = async (title, work) => {
      const started = performance.now();
      try {
        const answer = await work();
        this.passed += 1;
        this.say(`  passed  ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
        return answer;
      } catch (error) {
        this.failed += 1;
        this.say(
          `  failed  ${title}\n          ${String(error.message).split('\n').slice(0, 12).join('\n          ')}`,
        );
        await this.photograph(`${name} ${title}`, pages);
        throw new StepFailed(title);
      }
    };
    try {
      await journey({ step, watch: (page, label) => pages.set(label, page), shoot });
    } catch (error) {
      if (error instanceof StepFailed) return;
      this.failed += 1;
      this.say(`  failed  ${error.stack}`);
      await this.photograph(name, pages);
    }
  }

  async photograph(title, pages) {
    mkdirSync(artifacts, { recursive: true });
    const stem = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
    for (const [label, page] of pages) {
      if (page.isClosed()) continue;
      const path = join(artifacts, `${stem}-${label}.png`);
      await page.screenshot({ path, timeout: 10_000 }).catch(() => {});
      this.say(`          picture: e2e/artifacts/${stem}-${label}.png`);
    }
  }
}
