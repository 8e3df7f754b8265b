import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guardOutsideTransaction } from '../../src/platform/database/transaction-context.js';
import { registerHandler } from '../../src/platform/outbox/registry.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { openTestBench, type TestBench } from '../harness/database.js';

let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

const addRegion = (id: string, name: string) =>
  ['INSERT INTO region (brand_id, id, name) VALUES (?,?,?)', [bench.brandId, id, name]] as const;
const regionNames = async () =>
  (
    await bench.database.query<{ name: string }>('SELECT name FROM region WHERE brand_id = ? ORDER BY id', [
      bench.brandId,
    ])
  ).map((row) => row.name);

describe('the unit of work on the real database', () => {
  it('rolls everything back when the work fails, the outbox included', async () => {
    const work = bench.unitOfWork.run('test', async (tx) => {
      await tx.execute(...addRegion(bench.ids.next(), 'never'));
      tx.emit({ brandId: bench.brandId, type: 'test.never', payload: {} });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await regionNames()).toEqual([]);
    expect(await bench.database.query('SELECT id FROM outbox WHERE brand_id = ?', [bench.brandId])).toEqual([]);
  });

  it('runs the whole work again after a deadlock, and nothing of the first attempt stays', async () => {
    const [a, b] = [bench.ids.next(), bench.ids.next()];
    await bench.unitOfWork.run('seed', async (tx) => {
      await tx.execute(...addRegion(a, 'a'));
      await tx.execute(...addRegion(b, 'b'));
    });
    let calls = 0;
    let waiting = 0;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const both = () => {
      waiting += 1;
      if (waiting >= 2) open();
      return gate;
    };
    const swap = (first: string, second: string) =>
      bench.unitOfWork.run('swap', async (tx) => {
        calls += 1;
        const rename = (id: string) =>
          tx.execute("UPDATE region SET name = CONCAT(name, '+') WHERE brand_id = ? AND id = ?", [bench.brandId, id]);
        await rename(first);
        await both();
        await rename(second);
      });
    await Promise.all([swap(a, b), swap(b, a)]);
    expect(calls).toBe(3);
    expect(await regionNames()).toEqual(['a++', 'b++']);
  });

  it('refuses to nest and refuses a gateway call inside', async () => {
    await expect(bench.unitOfWork.run('outer', () => bench.unitOfWork.run('inner', async () => 1))).rejects.toThrow(
      'inner would nest',
    );
    await expect(bench.unitOfWork.run('outer', async () => guardOutsideTransaction('wechat-pay'))).rejects.toThrow(
      'wechat-pay was called inside',
    );
  });

  it('hands an event to each handler exactly once, however often it is delivered', async () => {
    let handled = 0;
    const count = async () => {
      handled += 1;
    };
    registerHandler({ name: 'test.count', type: 'test.happened', handle: count });
    await bench.unitOfWork.run('emit', async (tx) =>
      tx.emit({ brandId: bench.brandId, type: 'test.happened', payload: { n: 1 } }),
    );
    const relay = new OutboxRelay(bench.database, bench.unitOfWork, bench.clock);
    const round = () =>
      relay.relay(async (deliveries) => {
        for (const one of [...deliveries, ...deliveries].filter((delivery) => delivery.type === 'test.happened'))
          await relay.deliver(one);
      });
    await round();
    bench.clock.advance(60_000);
    await round();
    expect(handled).toBe(1);
    expect(await bench.database.query('SELECT pending FROM outbox WHERE brand_id = ?', [bench.brandId])).toEqual([
      { pending: 0 },
    ]);
  });
});
