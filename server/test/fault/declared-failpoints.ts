import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));
const DECLARATION = /declareFailpoint\('([^']+)'\)/g;

/** All failpoints that the server's sources declare, whether or not a module that is loaded declares them. */
export function declaredFailpoints(): string[] {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.spec)\.ts$/.test(name),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(join(sources, file), 'utf8').matchAll(DECLARATION)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)].sort();
}
