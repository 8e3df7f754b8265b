import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setClock } from '@/lib/clock';
import { flushEvents, track, trackDwell } from './tracker';
import { visit } from './visit';

const { sent } = vi.hoisted(() => ({ sent: [] as { events: Record<string, unknown>[] }[] }));
const answer = vi.hoisted(() => ({ status: 200 }));
vi.mock('@/platform/transport', () => ({
  transport: async (request: { body?: string }) => {
    if (answer.status === 200) sent.push(JSON.parse(request.body ?? '{}'));
    return { status: answer.status, headers: {}, text: '{"accepted":1}' };
  },
}));

let now = 0;
const events = () => sent.flatMap((batch) => batch.events);

beforeEach(() => {
  vi.useFakeTimers();
  setClock({ now: () => now });
  now = 1_000_000;
  sent.length = 0;
  answer.status = 200;
  visit.set({ guideCode: 'g7Kd2m', sendId: '88' });
});
afterEach(async () => {
  await flushEvents();
  vi.useRealTimers();
});

async function pass(ms: number) {
  now += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

describe('looks at a product', () => {
  it('below two seconds do not count', async () => {
    const leave = trackDwell('101');
    await pass(1_900);
    leave();
    await flushEvents();
    expect(events()).toEqual([]);
  });

  it('are reported once, while the person is still looking, with where the visit came from', async () => {
    const leave = trackDwell('101');
    await pass(3_000);
    await pass(5_000);
    leave();
    await flushEvents();
    expect(events()).toHaveLength(1);
    expect(events()[0]).toMatchObject({
      type: 'VIEW',
      productId: '101',
      guideCode: 'g7Kd2m',
      sendId: '88',
      dwellMs: 3_000,
    });
  });
});

describe('a batch that does not arrive', () => {
  it('is sent again with the same keys', async () => {
    answer.status = 500;
    track('SEARCH', { text: '鹅绒' });
    await flushEvents();
    expect(sent).toEqual([]);
    answer.status = 200;
    await flushEvents();
    expect(events()).toMatchObject([{ type: 'SEARCH', text: '鹅绒' }]);
  });
});
