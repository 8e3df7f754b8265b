// What belongs to the repository, as git knows it.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';

/** Files of the repository as git knows them, deleted ones left out. */
export function repositoryFiles() {
  const out = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return out.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

/** Whether a file holds text and not a picture or an archive. */
export const isText = (content) => !content.subarray(0, 8000).includes(0);
