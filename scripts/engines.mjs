// Finds, installs if missing, and starts MariaDB (or MySQL) and Redis as private child processes on loopback.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const FOLDERS = [
  ...(process.env.PATH ?? '').split(':'),
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/mysql/bin',
  '/opt/homebrew/bin',
];
const SOCKET_PATH_MAX = 107;
const SQL_MODE =
  'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

export function findProgram(...names) {
  for (const name of names) {
    for (const folder of FOLDERS) {
      const path = join(folder, name);
      try {
        if (statSync(path).isFile()) return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return null;
}

/** Installs Debian packages for programs that are missing; says what to do elsewhere. */
export function ensurePrograms(needs, say = console.log) {
  const missing = needs.filter((need) => !need.found());
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.packages);
  const apt = findProgram('apt-get');
  const isRoot = process.getuid?.() === 0;
  if (!apt || !isRoot) {
    throw new Error(
      `missing: ${missing.map((need) => need.name).join(', ')}. Install ${packages.join(' ')} (Debian: sudo apt-get install -y ${packages.join(' ')}),` +
        ' or start the engines with "docker compose up -d" and set DATABASE_URL and REDIS_URL.',
    );
  }
  say(`installing ${packages.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    execFileSync(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    });
  try {
    execFileSync(apt, ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
  } catch {
    say('the package lists could not be refreshed; trying with the old ones');
  }
  install();
  const still = missing.filter((need) => !need.found());
  if (still.length > 0)
    throw new Error(`still missing after installation: ${still.map((need) => need.name).join(', ')}`);
}

export const engineNeeds = [
  {
    name: 'MariaDB or MySQL server',
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    found: () => process.env.DATABASE_URL || findProgram('mariadbd', 'mysqld'),
  },
  {
    name: 'Redis server',
    packages: ['redis-server'],
    found: () => process.env.REDIS_URL || findProgram('redis-server'),
  },
];
export const browserNeeds = [
  {
    name: 'Chromium',
    packages: ['chromium'],
    found: () => process.env.CHROMIUM_BIN || findProgram('chromium', 'chromium-browser', 'google-chrome'),
  },
  {
    name: 'a Chinese font',
    packages: ['fonts-noto-cjk', 'fontconfig'],
    found: () => {
      try {
        return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== '';
      } catch {
        return false;
      }
    },
  },
];

/** Waits until something accepts a connection on the port. */
export async function waitForPort(port, child, what, timeoutMs = 30_000) {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    if (child && child.exitCode !== null) throw new Error(`${what} ended at start with code ${child.exitCode}`);
    const isOpen = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${what} did not come up on port ${port}`);
}

/**
 * Starts a private database server. `durable: false` is for tests only: it does not wait for the disk; `detached` keeps
 * the terminal's Ctrl-C away from it, for a caller who stops things in order; `onSpawn` hears of the child at once.
 * @returns {{ url: (database: string) => string, child: import('node:child_process').ChildProcess, port: number }}
 */
export async function startDatabase({ dir, port, durable, poolMb = 256, detached = false, onSpawn }) {
  const bin = process.env.DB_SERVER_BIN ?? findProgram('mariadbd', 'mysqld');
  const isMaria = /mariadb/i.test(execFileSync(bin, ['--no-defaults', '--version'], { encoding: 'utf8' }));
  const user = userInfo().username;
  const data = join(dir, 'data');
  if (!existsSync(join(data, 'mysql'))) {
    mkdirSync(dir, { recursive: true });
    if (isMaria) {
      const init = findProgram('mariadb-install-db', 'mysql_install_db');
      execFileSync(
        init,
        [
          '--no-defaults',
          `--datadir=${data}`,
          `--user=${user}`,
          '--auth-root-authentication-method=normal',
          '--skip-test-db',
          '--skip-name-resolve',
          '--innodb-log-file-size=64M',
        ],
        { stdio: 'pipe' },
      );
    } else {
      execFileSync(bin, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, `--user=${user}`], {
        stdio: 'pipe',
      });
    }
  }
  mkdirSync(join(dir, 'tmp'), { recursive: true });
  const socket = join(dir, 's');
  const child = spawn(
    bin,
    [
      '--no-defaults',
      `--user=${user}`,
      `--datadir=${data}`,
      `--tmpdir=${join(dir, 'tmp')}`,
      `--socket=${socket}`,
      `--pid-file=${join(dir, 'pid')}`,
      `--log-error=${join(dir, 'error.log')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      '--max-connections=400',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_ci',
      '--default-time-zone=+00:00',
      `--sql-mode=${SQL_MODE}`,
      `--innodb-buffer-pool-size=${poolMb}M`,
      '--local-infile=1',
      ...(durable
        ? ['--innodb-flush-log-at-trx-commit=1']
        : ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0']),
      // A short log has the database write its pages out again and again while a shop is busy.
      ...(isMaria ? [`--innodb-log-file-size=${durable ? 256 : 64}M`] : ['--mysqlx=OFF']),
    ],
    { stdio: 'ignore', detached },
  );
  onSpawn?.(child);
  await waitForPort(port, child, `the database (see ${join(dir, 'error.log')})`);
  // A socket spares the machine the network's work for every statement; its path must fit into the system's 107 bytes.
  const query = Buffer.byteLength(socket) <= SOCKET_PATH_MAX ? `?socketPath=${encodeURIComponent(socket)}` : '';
  return { url: (database) => `mysql://root@127.0.0.1:${port}/${database}${query}`, child, port };
}

/** Starts a private Redis; with a folder it keeps an append-only file there. */
export async function startRedis({ dir, port, persistent, detached = false, onSpawn }) {
  mkdirSync(dir, { recursive: true });
  const child = spawn(
    findProgram('redis-server'),
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      dir,
      '--save',
      '',
      '--appendonly',
      persistent ? 'yes' : 'no',
      '--loglevel',
      'warning',
      '--maxmemory-policy',
      'noeviction',
    ],
    { stdio: 'ignore', detached },
  );
  onSpawn?.(child);
  await waitForPort(port, child, 'redis');
  return { url: `redis://127.0.0.1:${port}`, child, port };
}
