import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems hand out by themselves (from 32768 on Linux): a port from there may be lent to any
 * outgoing connection between choosing it and listening on it, and while a process that owns it is being started again.
 */
const FIRST = 20_000;
const BEYOND = 32_000;
const TRIES = 50;

const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port on this machine that nobody listens on and that the system lends to nobody. */
export const freePort = () => freeRow([0]);

/** A port of which all neighbours at these distances are free as well. */
export async function freeRow(distances) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const base = randomInt(FIRST, BEYOND - Math.max(...distances));
    const free = await Promise.all(distances.map((distance) => isFree(base + distance)));
    if (free.every(Boolean)) return base;
  }
  throw new Error(`none of ${TRIES} ports between ${FIRST} and ${BEYOND} was free`);
}
