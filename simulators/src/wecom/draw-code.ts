import { crc32, deflateSync } from 'node:zlib';
import QRCode from 'qrcode';

export interface CodeLook {
  width: number;
  /** Round dots look like a mini-program code; squares like a plain QR code. */
  round?: boolean;
  /** Colour of the dots as red, green, blue. */
  dark?: [number, number, number];
  /** Leaves the ground out, as `is_hyaline` asks. */
  transparent?: boolean;
  level?: 'M' | 'H';
}

const MARGIN = 2;

/** Draws a text as a QR code and returns the bytes of a PNG with two colours. */
export function drawCode(text: string, look: CodeLook): Buffer {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: look.level ?? 'M' });
  const { size, data } = modules;
  const width = look.width;
  const scale = Math.max(1, Math.floor(width / (size + 2 * MARGIN)));
  const start = Math.floor((width - size * scale) / 2);
  const lines = Array.from({ length: width }, () => Buffer.alloc(width + 1));
  const spans = dotSpans(scale);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!data[row * size + column]) continue;
      const round = look.round === true && !inFinder(row, column, size);
      for (let y = 0; y < scale; y += 1) {
        const inset = round ? (spans[y] ?? 0) : 0;
        const left = 1 + start + column * scale;
        lines[start + row * scale + y]?.fill(1, left + inset, left + scale - inset);
      }
    }
  }
  return png(width, Buffer.concat(lines), look);
}

/** How far a row of a round dot is drawn in, for each row of its square. */
function dotSpans(scale: number): number[] {
  const radius = scale / 2;
  return Array.from({ length: scale }, (_, y) => {
    const height = y + 0.5 - radius;
    return Math.max(0, Math.round(radius - Math.sqrt(Math.max(0, radius * radius - height * height))));
  });
}

/** The three corners stay square, so that every scanner finds them. */
function inFinder(row: number, column: number, size: number): boolean {
  const low = (value: number): boolean => value < 7;
  const high = (value: number): boolean => value >= size - 7;
  return (low(row) && (low(column) || high(column))) || (high(row) && low(column));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function png(width: number, lines: Buffer, look: CodeLook): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  // Eight bits a pixel, colours from a palette.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([255, 255, 255, ...(look.dark ?? [0, 0, 0])])),
    ...(look.transparent ? [chunk('tRNS', Buffer.from([0, 255]))] : []),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
