// Writes the demo's keys (once) and the files made from them: the simulators' world, the server's accounts, who is who.
import { execFileSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMain, npmBin, root } from './steps.mjs';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const text = (length) => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** 43 letters and digits that decode to 32 bytes without leftover bits. */
function aesKey() {
  for (;;) {
    const key = randomBytes(32).toString('base64').slice(0, 43);
    if (/^[0-9A-Za-z]+$/.test(key)) return key;
  }
}

// Server and simulators never import each other; this script stands outside both and introduces them.
const ENTRY = `
export * from './simulators/src/core/make-keys.ts';
export { externalUseridOf, openidOf, unionidOf } from './simulators/src/core/world.ts';
export * from './server/seeds/world.ts';
`;

async function loadParts(temp) {
  mkdirSync(temp, { recursive: true });
  const bundle = join(temp, 'world.mjs');
  execFileSync(
    npmBin('esbuild'),
    [
      '--bundle',
      '--format=esm',
      '--platform=node',
      '--packages=external',
      '--loader=ts',
      `--outfile=${bundle}`,
      '--log-level=warning',
    ],
    { cwd: root, input: ENTRY, stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const parts = await import(`${pathToFileURL(bundle).href}?t=${process.hrtime.bigint()}`);
  rmSync(temp, { recursive: true, force: true });
  return parts;
}

function makeSecrets({ makeMerchantKeys, makePayKeys }) {
  const signing = () => ({ ...makeMerchantKeys(), apiV3Key: text(32) });
  return {
    sessionSecret: text(64),
    serviceProvider: signing(),
    brand: signing(),
    payKeys: makePayKeys(new Date(Date.UTC(2025, 0, 1))),
    wecom: { secret: text(43), token: text(24), encodingAesKey: aesKey() },
    miniapp: { secret: text(32), pushToken: text(24), pushAesKey: aesKey() },
  };
}

function write(path, content) {
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/**
 * Writes secrets.json (only if there is none), world.json, accounts.json and people.json.
 * @param {{ dir: string, appOrigin: string }} options
 * @returns {Promise<{ world: string, accounts: string, people: string, sessionSecret: string, appid: string }>} paths
 */
export async function writeDemoWorld({ dir, appOrigin }) {
  mkdirSync(dir, { recursive: true });
  // Below the root, so that packages the parts import are found.
  const parts = await loadParts(join(root, '.data', `world-parts-${process.pid}`));
  const at = (name) => join(dir, name);
  if (!existsSync(at('secrets.json'))) write(at('secrets.json'), makeSecrets(parts));
  const secrets = JSON.parse(readFileSync(at('secrets.json'), 'utf8'));
  write(at('world.json'), parts.demoWorld(secrets, appOrigin));
  write(at('accounts.json'), parts.demoAccounts(secrets));
  const { appid, corpId } = parts.DEMO_IDS;
  const { consumers, guides } = parts.demoPeople();
  const person = (key) => ({
    key,
    openid: parts.openidOf(appid, key),
    unionid: parts.unionidOf(key),
    externalUserid: parts.externalUseridOf(corpId, key),
  });
  write(at('people.json'), {
    consumers: consumers.map(person),
    guides: guides.map(({ userid, key }) => ({ userid, ...person(key) })),
  });
  return {
    world: at('world.json'),
    accounts: at('accounts.json'),
    people: at('people.json'),
    sessionSecret: secrets.sessionSecret,
    appid,
  };
}

if (isMain(import.meta)) {
  const { sessionSecret: _, ...paths } = await writeDemoWorld({
    dir: process.env.DATA_DIR ?? join(root, '.data'),
    appOrigin: process.env.PUBLIC_ORIGIN ?? 'http://127.0.0.1:7300',
  });
  console.log(paths);
}
