import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { Sessions } from '../../platform/access/sessions.js';
import { createConnector, createConsoleUser } from './application/create.js';
import { BrandDirectory } from './application/directory.js';
import { LogIn } from './application/log-in.js';

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
const wrong = (login: string) => expect(logIn.run(login, 'wrong')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });

describe('console login', () => {
  it('gives the right person a session that names brand and role', async () => {
    const login = await addUser('snow-line-1');
    const { token } = await logIn.run(login, 'snow-line-1');
    expect(await sessionsOf().read(token)).toMatchObject({ kind: 'hq', brandId: bench.brandId, name: '总部' });
  });

  it('answers an unknown login and a wrong password alike', async () => {
    const login = await addUser('snow-line-2');
    const answers = await Promise.all(
      [logIn.run(login, 'wrong'), logIn.run('nobody-here', 'wrong')].map((one) =>
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

  it('locks after eight wrong tries, even for the right password, and opens again after 15 minutes', async () => {
    const login = await addUser('snow-line-3');
    for (let tries = 0; tries < 8; tries += 1) await wrong(login);
    await expect(logIn.run(login, 'snow-line-3')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    bench.clock.advance(15 * 60_000);
    await expect(logIn.run(login, 'snow-line-3')).resolves.toMatchObject({ actor: { kind: 'hq' } });
  });

  it('starts counting anew after a right password, also when it is the eighth try', async () => {
    const login = await addUser('snow-line-4');
    for (let round = 0; round < 2; round += 1) {
      for (let tries = 0; tries < 7; tries += 1) await wrong(login);
      await expect(logIn.run(login, 'snow-line-4')).resolves.toMatchObject({ actor: { kind: 'hq' } });
    }
  });

  it('lets no more than eight guesses through when many come at once', async () => {
    const login = await addUser('snow-line-5');
    await Promise.all(Array.from({ length: 12 }, () => wrong(login)));
    await expect(logIn.run(login, 'snow-line-5')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
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
