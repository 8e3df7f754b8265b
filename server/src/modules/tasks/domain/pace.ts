/** Shorter is a double tap, longer is a customer who came in: neither says how fast the guide works. */
const SHORTEST_MS = 5_000;
const LONGEST_MS = 600_000;
const NEEDED = 5;
const KEPT = 20;
const [FASTEST_S, SLOWEST_S] = [15, 300];

/**
 * The guide's pace: the median of the latest twenty real intervals between two sends.
 *
 * @param sentAtMs instants of sends, in any order
 * @returns seconds per item and how many intervals say so, or null while there are fewer than five
 */
export function paceOf(sentAtMs: readonly number[]): { seconds: number; samples: number } | null {
  const sorted = [...sentAtMs].sort((a, b) => b - a);
  const intervals = sorted
    .slice(1)
    .map((at, index) => (sorted[index] ?? at) - at)
    .filter((ms) => ms >= SHORTEST_MS && ms <= LONGEST_MS)
    .slice(0, KEPT)
    .sort((a, b) => a - b);
  if (intervals.length < NEEDED) return null;
  const median = intervals[Math.floor(intervals.length / 2)] ?? 0;
  const seconds = Math.min(SLOWEST_S, Math.max(FASTEST_S, Math.ceil(median / 1000)));
  return { seconds, samples: intervals.length };
}
