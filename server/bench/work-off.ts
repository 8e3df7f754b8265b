import type { Connection, RowDataPacket } from 'mysql2/promise';
import { pause } from './processes.js';

const GIVE_UP_MS = 120_000;
const OPEN = `SELECT (SELECT COUNT(*) FROM payment WHERE settle_state = 'OPEN')
  + (SELECT COUNT(*) FROM outbox WHERE pending > 0) AS n`;

/** Lets the worker do what journeys left behind, so that what is measured next is alone. */
export async function workOff(probe: Connection): Promise<void> {
  const open = async () => {
    const [rows] = await probe.query<RowDataPacket[]>(OPEN);
    return Number(rows[0]?.['n'] ?? 0);
  };
  const end = performance.now() + GIVE_UP_MS;
  while ((await open()) > 0) {
    if (performance.now() > end) throw new Error(`the worker left ${await open()} things of the journeys undone`);
    await pause(500);
  }
}
