import type { Actors } from './actors.js';

/** Two records each that tell the same name and birthday: headquarters finds the pairs in the merge queue. */
const PAIRS = [
  { keys: ['song', 'xu'], realName: '徐晚晴', birthday: '1991-11-08' },
  { keys: ['he', 'luo'], realName: '何知秋', birthday: '1993-02-14' },
] as const;

/** People who fill in their real name and birthday for the birthday present. */
export async function tellNames(actors: Actors): Promise<void> {
  for (const { keys, realName, birthday } of PAIRS)
    for (const key of keys) await (await actors.consumer(key)).mall.setRealName({ body: { realName, birthday } });
}
