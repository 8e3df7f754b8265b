import { setTimeout as pause } from 'node:timers/promises';

const BEAT_MS = 150;

/**
 * Asks again and again until the answer is something.
 * @param {string} what shown when it takes too long
 * @param {number} limitMs
 * @param {() => unknown} ask
 */
export async function until(what, limitMs, ask) {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`waited ${Math.round(limitMs / 1000)} s for ${what}`);
    await pause(BEAT_MS);
  }
}
