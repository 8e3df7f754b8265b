import type { OrderId } from '@shuke/shared/kernel';
import mysql from 'mysql2/promise';
import { StockWriter } from '../src/modules/inventory/index.js';
import { type Result, resultOf, type Sample, sampled } from './measure.js';
import type { Stack } from './stack.js';

const GROUP = 500;
const CALLERS = 1000;

/**
 * Reservations per second of `StockWriter` on one hot shelf, beside what the same database can do with the same rows when
 * nothing is asked or decided: 500 reservations and one `reserved + 500` in a transaction. The two take turns.
 */
export async function benchStockWriter(stack: Stack): Promise<Result> {
  const [rounds, seconds] = stack.settings.isQuick ? [1, 2] : [5, 3];
  const { bench, storeId, skuId, productId, brandId } = stack.shop;
  await bench.database.execute(
    'UPDATE stock SET on_hand = 100000000 WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
    [brandId, storeId, skuId],
  );
  const writer = new StockWriter(bench.unitOfWork, null, { most: GROUP });
  const load = async (duration: number) => {
    const end = performance.now() + duration * 1000;
    const latencies: number[] = [];
    await Promise.all(
      Array.from({ length: CALLERS }, async () => {
        while (performance.now() < end) {
          const startedAt = performance.now();
          const orderId = bench.ids.next<'order'>() as OrderId;
          await writer.reserve({ brandId, orderId, storeId, fulfil: 'PICKUP', lines: [{ skuId, productId, qty: 1 }] });
          latencies.push(performance.now() - startedAt);
        }
      }),
    );
    return { units: latencies.length, latencies };
  };
  const raw = await rawWriters(stack);
  const ours: Sample[] = [];
  const theirs: Sample[] = [];
  await load(1);
  await raw.load(1);
  const before = await heldPieces(stack);
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await sampled(stack.probe, [process.pid], () => load(seconds)));
    theirs.push(await sampled(stack.probe, [process.pid], () => raw.load(seconds)));
  }
  const units = [...ours, ...theirs].reduce((sum, one) => sum + one.units, 0);
  const held = (await heldPieces(stack)) - before;
  await raw.end();
  if (held !== units) throw new Error(`${units} reservations were confirmed, ${held} pieces are held`);
  return {
    ...resultOf('stock-writer', ours, theirs),
    note: 'bare: 500 reservations and one update of the shelf in each transaction, two connections, nothing asked',
  };
}

async function heldPieces(stack: Stack): Promise<number> {
  const { bench, storeId, skuId, brandId } = stack.shop;
  const [row] = await bench.database.query<{ reserved: number }>(
    'SELECT reserved FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
    [brandId, storeId, skuId],
  );
  return Number(row?.reserved ?? 0);
}

/** The raw limit of group commit: the same two statements, without locks, checks or anybody to answer. */
async function rawWriters(stack: Stack) {
  const { bench, storeId, skuId, brandId } = stack.shop;
  const connections = await Promise.all(
    [1, 2].map(() => mysql.createConnection({ uri: stack.settings.databaseUrl, supportBigNumbers: true })),
  );
  const load = async (duration: number) => {
    const end = performance.now() + duration * 1000;
    let units = 0;
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < end) {
          const now = bench.clock.date();
          const rows = Array.from({ length: GROUP }, () => [brandId, bench.ids.next(), skuId, storeId, 1, 'HELD', now]);
          await connection.query('START TRANSACTION');
          await connection.query(
            'INSERT INTO reservation (brand_id, order_id, sku_id, store_id, qty, state, created_at) VALUES ?',
            [rows],
          );
          await connection.query(
            'UPDATE stock SET reserved = reserved + ? WHERE brand_id = ? AND store_id = ? AND sku_id = ? AND on_hand - reserved - safety >= ?',
            [GROUP, brandId, storeId, skuId, GROUP],
          );
          await connection.query('COMMIT');
          units += GROUP;
        }
      }),
    );
    return { units, latencies: [] };
  };
  return {
    load,
    end: async () => {
      for (const connection of connections) await connection.end();
    },
  };
}
