export type Point = readonly [number, number];

/** One decimal is finer than a pixel at the largest size and keeps the files small. */
export function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function line(points: readonly Point[], closed = false): string {
  const text = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${num(x)} ${num(y)}`).join('');
  return closed ? `${text}Z` : text;
}

/** A smooth curve through all points (Catmull-Rom turned into Béziers). */
export function smooth(points: readonly Point[], closed = false): string {
  const count = points.length;
  const at = (index: number): Point => {
    const wrapped = closed ? (index + count) % count : Math.min(Math.max(index, 0), count - 1);
    return points[wrapped] as Point;
  };
  const start = at(0);
  let text = `M${num(start[0])} ${num(start[1])}`;
  for (let index = 0; index < (closed ? count : count - 1); index++) {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    text += `C${num(from[0] + (to[0] - before[0]) / 6)} ${num(from[1] + (to[1] - before[1]) / 6)} `;
    text += `${num(to[0] - (after[0] - from[0]) / 6)} ${num(to[1] - (after[1] - from[1]) / 6)} ${num(to[0])} ${num(to[1])}`;
  }
  return closed ? `${text}Z` : text;
}

export function mirror(points: readonly Point[]): Point[] {
  return points.map(([x, y]) => [-x, y] as const);
}

/** Points of a quadratic Bézier with its direction at each, `count + 1` samples. */
export function sampleQuadratic(from: Point, control: Point, to: Point, count: number): { at: Point; along: Point }[] {
  return Array.from({ length: count + 1 }, (_, index) => {
    const t = index / count;
    const rest = 1 - t;
    const at: Point = [
      rest * rest * from[0] + 2 * rest * t * control[0] + t * t * to[0],
      rest * rest * from[1] + 2 * rest * t * control[1] + t * t * to[1],
    ];
    const dx = 2 * rest * (control[0] - from[0]) + 2 * t * (to[0] - control[0]);
    const dy = 2 * rest * (control[1] - from[1]) + 2 * t * (to[1] - control[1]);
    const size = Math.hypot(dx, dy) || 1;
    return { at, along: [dx / size, dy / size] as const };
  });
}

/** Reads a smooth value between key heights (cosine easing between neighbours). */
export function ease(keys: readonly Point[], at: number): number {
  const first = keys[0] as Point;
  if (at <= first[0]) return first[1];
  for (let index = 1; index < keys.length; index++) {
    const [from, to] = [keys[index - 1] as Point, keys[index] as Point];
    if (at <= to[0]) {
      const share = (1 - Math.cos((Math.PI * (at - from[0])) / (to[0] - from[0] || 1))) / 2;
      return from[1] + (to[1] - from[1]) * share;
    }
  }
  return (keys[keys.length - 1] as Point)[1];
}
