/**
 * A QR code for short texts: version 2, level M, byte mode, mask 0 (ISO/IEC 18004). 26 bytes are enough for a pickup
 * code, and one size keeps the block small.
 */
const SIZE = 25;
const DATA_BYTES = 28;
const CHECK_BYTES = 16;
// Level M with mask 0, with its BCH bits and the fixed XOR mask already applied (table C.1).
const FORMAT_BITS = '101010000010010';

const EXP: number[] = [];
const LOG: number[] = [];
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = value;
  LOG[value] = power;
  value <<= 1;
  if (value & 0x100) value ^= 0x11d;
}
const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (EXP[((LOG[a] ?? 0) + (LOG[b] ?? 0)) % 255] ?? 0);

function checkBytes(data: readonly number[]): number[] {
  let generator = [1];
  for (let i = 0; i < CHECK_BYTES; i += 1) {
    const next = new Array<number>(generator.length + 1).fill(0);
    generator.forEach((factor, index) => {
      next[index] = (next[index] ?? 0) ^ factor;
      next[index + 1] = (next[index + 1] ?? 0) ^ times(factor, EXP[i] ?? 1);
    });
    generator = next;
  }
  const rest = [...data, ...new Array<number>(CHECK_BYTES).fill(0)];
  for (let i = 0; i < data.length; i += 1) {
    const factor = rest[i] ?? 0;
    generator.forEach((value, index) => {
      rest[i + index] = (rest[i + index] ?? 0) ^ times(value, factor);
    });
  }
  return rest.slice(data.length);
}

function codewords(text: string): number[] {
  const bytes = [...text].map((char) => char.charCodeAt(0));
  if (bytes.length > DATA_BYTES - 2 || bytes.some((byte) => byte > 0x7f))
    throw new RangeError('not a short ASCII text');
  let bits = `0100${bytes.length.toString(2).padStart(8, '0')}`;
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  bits += '0000';
  const data = (bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2));
  for (let pad = 0; data.length < DATA_BYTES; pad += 1) data.push(pad % 2 === 0 ? 0xec : 0x11);
  return [...data, ...checkBytes(data)];
}

type Grid = (boolean | null)[][];

function paintFinder(grid: Grid, top: number, left: number): void {
  for (let y = -1; y <= 7; y += 1)
    for (let x = -1; x <= 7; x += 1) {
      const row = grid[top + y];
      if (!row || left + x < 0 || left + x >= SIZE) continue;
      const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
      row[left + x] = ring !== 2 && ring <= 3;
    }
}

function frame(): Grid {
  const grid: Grid = Array.from({ length: SIZE }, () => new Array<boolean | null>(SIZE).fill(null));
  const put = (y: number, x: number, dark: boolean) => {
    const row = grid[y];
    if (row) row[x] = dark;
  };
  paintFinder(grid, 0, 0);
  paintFinder(grid, 0, SIZE - 7);
  paintFinder(grid, SIZE - 7, 0);
  for (let i = 8; i < SIZE - 8; i += 1) {
    put(6, i, i % 2 === 0);
    put(i, 6, i % 2 === 0);
  }
  for (let y = -2; y <= 2; y += 1)
    for (let x = -2; x <= 2; x += 1) put(18 + y, 18 + x, Math.max(Math.abs(x), Math.abs(y)) !== 1);
  put(SIZE - 8, 8, true);
  for (let i = 0; i < 15; i += 1) {
    const dark = FORMAT_BITS[i] === '1';
    if (i < 6) put(8, i, dark);
    else if (i === 6) put(8, 7, dark);
    else if (i === 7) put(8, 8, dark);
    else if (i === 8) put(7, 8, dark);
    else put(14 - i, 8, dark);
    if (i < 7) put(SIZE - 1 - i, 8, dark);
    else put(8, SIZE - 15 + i, dark);
  }
  return grid;
}

/** The modules of the code, true is dark. */
export function qrModules(text: string): boolean[][] {
  const bits = codewords(text)
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  const grid = frame();
  let next = 0;
  for (let right = SIZE - 1; right > 0; right -= 2) {
    const column = right <= 6 ? right - 1 : right;
    const isUp = ((SIZE - 1 - right) / 2) % 2 === 0;
    for (let step = 0; step < SIZE; step += 1) {
      const y = isUp ? SIZE - 1 - step : step;
      for (const x of [column, column - 1]) {
        const row = grid[y];
        if (!row || row[x] !== null) continue;
        const isDark = bits[next] === '1';
        next += 1;
        row[x] = (y + x) % 2 === 0 ? !isDark : isDark;
      }
    }
  }
  return grid.map((row) => row.map((dark) => dark === true));
}

/** The code as a picture that both WeChat and browsers show. */
export function qrPicture(text: string): string {
  const rects = qrModules(text)
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 2} ${y + 2}h1v1h-1z` : '')))
    .join('');
  const side = SIZE + 4;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${rects}" fill="#15212b"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
