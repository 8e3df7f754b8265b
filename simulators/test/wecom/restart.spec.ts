import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createCore } from '../../src/core/index.js';
import { createWecom } from '../../src/wecom/index.js';
import { startTrial } from './small-world.js';

const folder = mkdtempSync(join(tmpdir(), 'sim-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a restarted simulator', () => {
  it('still knows contacts, leavers and JS tickets', async () => {
    const trial = await startTrial();
    const { world } = trial.sims.core;
    await trial.stop();
    const silent = { post: () => undefined };

    const core = createCore(world, folder);
    const before = createWecom(core, silent);
    await before.human.addContact({ userid: 'G0001', consumer: 'lin', silent: true });
    await before.human.addContact({ userid: 'G0003', consumer: 'lin', silent: true });
    await before.human.resign('G0003');
    const ticket = before.tokens.ticket('agent').ticket;
    core.state.flush();
    await before.close();
    core.clock.stop();

    const again = createCore(world, folder);
    const after = createWecom(again, silent);
    expect(after.book.relationsOf('G0001')).toHaveLength(1);
    expect(after.book.member('G0003')?.status).toBe(5);
    expect(after.tokens.ticket('agent').ticket).toBe(ticket);
    await after.close();
    again.clock.stop();
  });
});
