import { deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

const CRC = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function checksum(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CRC[(value ^ byte) & 255] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'ascii'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(checksum(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG of so many pixels a side, each coloured by its place. */
function png(side: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Buffer.alloc(side * (side * 3 + 1));
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const [red, green, blue] = colourAt(x, y);
      rows.set([red, green, blue], y * (side * 3 + 1) + 1 + x * 3);
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

const COATS: readonly Colour[] = [
  [40, 80, 74],
  [178, 58, 46],
  [58, 72, 104],
  [196, 154, 108],
  [92, 84, 96],
];
const ROOMS: readonly Colour[] = [
  [232, 226, 214],
  [214, 222, 226],
  [226, 216, 208],
];

/**
 * A photo as a customer would take it, drawn: a quilted coat on a hanger before a wall. The number decides coat, wall and
 * how far the camera stood.
 */
export function drawPhoto(number: number, side = 360): string {
  const coat = COATS[number % COATS.length] ?? COATS[0];
  const room = ROOMS[number % ROOMS.length] ?? ROOMS[0];
  const zoom = 1 + (number % 4) / 10;
  const picture = png(side, (px, py) => {
    const x = ((px / side - 0.5) / zoom) * 2;
    const y = ((py / side - 0.5) / zoom) * 2;
    const light = 1 - 0.12 * Math.hypot(x + 0.4, y + 0.6);
    const shade = ([red, green, blue]: Colour, by: number): Colour => [
      Math.min(255, red * by),
      Math.min(255, green * by),
      Math.min(255, blue * by),
    ];
    const isHanger = Math.abs(Math.hypot(x, y + 0.72) - 0.07) < 0.012 && y < -0.7;
    const width = 0.34 + 0.1 * (y + 0.6);
    const isBody = y > -0.55 && y < 0.62 && Math.abs(x) < width;
    const arm = Math.abs(Math.abs(x) - (0.42 + 0.16 * (y + 0.5)));
    const isArm = y > -0.5 && y < 0.35 && arm < 0.09;
    if (isHanger) return [120, 112, 104];
    if (!isBody && !isArm) return shade(room as Colour, light - (y > 0.75 ? 0.18 : 0));
    const isZip = isBody && Math.abs(x) < 0.008;
    const quilt = 0.82 + 0.18 * Math.abs(Math.sin(y * 16));
    return isZip ? [210, 200, 180] : shade(coat as Colour, light * quilt * (1 - 0.3 * Math.abs(x)));
  });
  return picture.toString('base64');
}
