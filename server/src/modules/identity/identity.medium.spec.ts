import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { SessionEnds } from '../../platform/access/session-ends.js';
import { Sessions } from '../../platform/access/sessions.js';
import { createConnector, createConsoleUser } from './application/create.js';
import { BrandDirectory } from './application/directory.js';
import { EndSessions } from './application/end-sessions.js';
import { LogIn } from './application/log-in.js';

const HOME = '203.0.113.5';

let bench: TestBench;
let shop: TestShop;
let logIn: LogIn;
const sessionsOf = () => new Sessions('a secret of at least thirty-two characters', bench.clock);
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  logIn = new LogIn(bench.database, bench.unitOfWork, sessionsOf());
});
afterAll(() => bench.close());

async function addUser(password: string): Promise<string> {
  const login = `desk-${bench.ids.next()}`;
  const { brandId, ids } = bench;
  await bench.unitOfWork.run('add user', (tx) =>
    createConsoleUser(tx, { brandId, id: ids.next(), login, name: '总部', role: 'HQ', franchiseeId: null, password }),
  );
  return login;
}
const wrong = (login: string) =>
  expect(logIn.run(login, 'wrong', HOME)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });

describe('console login', () => {
  it('gives the right person a session that names brand and role', async () => {
    const login = await addUser('snow-line-1');
    const { token } = await logIn.run(login, 'snow-line-1', HOME);
    expect(await sessionsOf().read(token)).toMatchObject({ kind: 'hq', brandId: bench.brandId, name: '总部' });
  });

  it('answers an unknown login and a wrong password alike', async () => {
    const login = await addUser('snow-line-2');
    const answers = await Promise.all(
      [logIn.run(login, 'wrong', HOME), logIn.run('nobody-here', 'wrong', HOME)].map((one) =>
        one.catch((error: { status: number; code: string; message: string }) => [
          error.status,
          error.code,
          error.message,
        ]),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual([401, 'LOGIN_REFUSED', expect.any(String)]);
  });

  it('makes an address wait after eight wrong tries, even for the right password, and lets it in again after 15 minutes', async () => {
    const login = await addUser('snow-line-3');
    for (let tries = 0; tries < 8; tries += 1) await wrong(login);
    await expect(logIn.run(login, 'snow-line-3', HOME)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    bench.clock.advance(15 * 60_000);
    await expect(logIn.run(login, 'snow-line-3', HOME)).resolves.toMatchObject({ actor: { kind: 'hq' } });
  });

  it('starts counting anew after a right password, also when it is the eighth try', async () => {
    const login = await addUser('snow-line-4');
    for (let round = 0; round < 2; round += 1) {
      for (let tries = 0; tries < 7; tries += 1) await wrong(login);
      await expect(logIn.run(login, 'snow-line-4', HOME)).resolves.toMatchObject({ actor: { kind: 'hq' } });
    }
  });

  it('lets no more than eight guesses through when many come at once', async () => {
    const login = await addUser('snow-line-5');
    await Promise.all(Array.from({ length: 12 }, () => wrong(login)));
    await expect(logIn.run(login, 'snow-line-5', HOME)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
  });
});

describe('guessing at a login', () => {
  it('keeps nobody else out of it', async () => {
    const login = await addUser('snow-line-6');
    for (let tries = 0; tries < 20; tries += 1)
      await expect(logIn.run(login, 'wrong', '198.51.100.7')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    await expect(logIn.run(login, 'snow-line-6', '203.0.113.99')).resolves.toMatchObject({ actor: { kind: 'hq' } });
  });

  it('from one address over many logins ends in waiting too', async () => {
    const login = await addUser('snow-line-7');
    for (let tries = 0; tries < 40; tries += 1)
      await expect(logIn.run(`nobody-${tries}`, 'wrong', '198.51.100.8')).rejects.toMatchObject({ status: 401 });
    await expect(logIn.run(login, 'snow-line-7', '198.51.100.8')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
  });
});

describe('a session', () => {
  const world = () => {
    const ends = new SessionEnds(bench.database, bench.ids, bench.clock);
    const sessions = new Sessions('a secret of at least thirty-two characters', bench.clock, bench.ids, ends);
    const end = new EndSessions(bench.database, bench.unitOfWork, ends, sessions, shop.organization);
    return { ends, sessions, end, logIn: new LogIn(bench.database, bench.unitOfWork, sessions) };
  };
  const refused = { code: 'UNAUTHENTICATED' };

  it('is over on the server when its owner logs out, and only that one', async () => {
    const { sessions, end, logIn: door } = world();
    const login = await addUser('snow-line-8');
    const [one, other] = [await door.run(login, 'snow-line-8', HOME), await door.run(login, 'snow-line-8', HOME)];
    await end.own((await sessions.open(one.token)).sessionId);
    await expect(sessions.read(one.token)).rejects.toMatchObject(refused);
    await expect(sessions.read(other.token)).resolves.toMatchObject({ kind: 'hq' });
  });

  it('is over everywhere when the password changes, and goes on with the new token', async () => {
    const { sessions, end, logIn: door } = world();
    const login = await addUser('snow-line-9');
    const { token, actor } = await door.run(login, 'snow-line-9', HOME);
    await expect(end.changePassword(actor, 'wrong', 'snow-line-ten')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    const next = await end.changePassword(actor, 'snow-line-9', 'snow-line-ten');
    await expect(sessions.read(token)).rejects.toMatchObject(refused);
    await expect(sessions.read(next.token)).resolves.toMatchObject({ kind: 'hq' });
    await expect(door.run(login, 'snow-line-9', HOME)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    await expect(door.run(login, 'snow-line-ten', HOME)).resolves.toMatchObject({ actor: { kind: 'hq' } });
  });

  it('does not give its password away: an open desk may guess eight times, however many guesses are made at once', async () => {
    const { end, logIn: door } = world();
    const { actor } = await door.run(await addUser('snow-line-7'), 'snow-line-7', HOME);
    const guess = (n: number) =>
      end.changePassword(actor, `guess-${n}`, 'snow-line-ten').catch((error: { code: string }) => error.code);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => guess(n)));
    expect(answers.filter((one) => one === 'PASSWORD_WRONG')).toHaveLength(8);
    await expect(end.changePassword(actor, 'snow-line-7', 'snow-line-ten')).rejects.toMatchObject({
      code: 'PASSWORD_LOCKED',
    });
    bench.clock.advance(15 * 60_000 + 1);
    await expect(end.changePassword(actor, 'snow-line-7', 'snow-line-ten')).resolves.toHaveProperty('token');
  });

  it.each([
    ['', 2000],
    [', also when the clock has been moved back', -9 * 86_400_000],
  ])('of a guide is ended by headquarters, in another process within two seconds%s', async (_, moveMs) => {
    const [here, there] = [world(), world()];
    if (shop.hq.kind !== 'hq') throw new Error('the shop has a person at headquarters');
    const guideId = shop.guides.lake;
    const guide = { kind: 'guide', brandId: bench.brandId, guideId, storeId: shop.lake, isManager: false } as const;
    const token = await here.sessions.issue(guide);
    await expect(there.sessions.read(token)).resolves.toEqual(guide);
    await here.end.ofGuide(shop.hq, guideId);
    await expect(here.sessions.read(token)).rejects.toMatchObject(refused);
    bench.clock.advance(moveMs);
    await there.sessions.read(token).catch(() => null);
    await new Promise((resume) => setTimeout(resume, 200));
    await expect(there.sessions.read(token)).rejects.toMatchObject(refused);
    await expect(here.sessions.read(await here.sessions.issue(guide))).resolves.toEqual(guide);
  });

  it('of another brand cannot be ended', async () => {
    if (shop.hq.kind !== 'hq') throw new Error('the shop has a person at headquarters');
    const stranger = { ...shop.hq, brandId: bench.ids.next<'brand'>() };
    await expect(world().end.ofUser(stranger, shop.hq.userId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the directory', () => {
  it('knows guests by their mini-program and connectors by their key', async () => {
    const directory = new BrandDirectory(shop.organization, bench.database, { DEFAULT_APPID: shop.appid });
    const guest = { kind: 'guest', brandId: bench.brandId };
    expect(await directory.guest(null)).toEqual(guest);
    expect(await directory.guest(shop.appid)).toEqual(guest);
    await expect(directory.guest('wx0000000000000000')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const apiKey = `pos-key-of-many-characters-${bench.brandId}`;
    const id = bench.ids.next<'connector'>();
    await bench.unitOfWork.run('add connector', (tx) =>
      createConnector(tx, { brandId: bench.brandId, id, name: '收银', apiKey }),
    );
    expect(await directory.pos(apiKey)).toEqual({ kind: 'pos', brandId: bench.brandId, connectorId: id });
    expect(await directory.pos(`${apiKey}x`)).toBeNull();
    expect(await directory.pos('')).toBeNull();
  });
});
