import { createHash } from 'node:crypto';
import type { ImportJob } from '@shuke/shared/contracts';
import { type Actors, attempt, until } from './actors.js';
import { asStep, type SeedContext } from './seed-context.js';

/** How far a file of the demo is taken. */
type Fate = 'RUN' | 'CHECKED' | 'UNDONE';
interface File {
  kind: 'MEMBERS' | 'BALANCES' | 'STOCK' | 'PRODUCTS';
  name: string;
  text: string;
  fate: Fate;
}

const SURNAMES = [...'王李张刘陈杨赵黄周吴'];
const GIVEN = ['静怡', '明远', '雨桐', '子墨', '婉清', '志强', '思源', '雅雯'];
const OLD_MEMBERS = 48;
/** Cards of the old system that tell the same name and birthday as the one before. */
const DOUBLES = new Set([9, 23, 31]);

const card = (n: number): string => `OLD${String(10_000 + n)}`;

/** Members of an old system: three people with two cards, four rows that cannot be read. */
function oldMembers(): string {
  const rows = Array.from({ length: OLD_MEMBERS }, (_, n) => {
    const who = DOUBLES.has(n) ? n - 1 : n;
    const name = `${SURNAMES[who % SURNAMES.length]}${GIVEN[(who * 3) % GIVEN.length]}`;
    const birthday = `19${70 + (who % 28)}-${String(1 + (who % 12)).padStart(2, '0')}-${String(1 + (who % 27)).padStart(2, '0')}`;
    const phone = DOUBLES.has(n) ? '' : `137${String(30_010_000 + n * 137)}`;
    return `${n === 14 ? '1373001' : phone},${card(n)},${name},${n === 20 || n === 40 ? '1990-13-20' : birthday}`;
  });
  return `手机号,会员卡号,姓名,生日\n${rows.join('\n')}\n`;
}

const balances = (): string => {
  const rows = Array.from(
    { length: 18 },
    (_, n) => `${card(n + 1)},${n % 3 === 0 ? 200 : ''},${n % 3 === 0 ? 20 : ''},${60 + n * 15},2027-12-31`,
  );
  return `会员卡号,储值本金,赠送金额,积分,到期日\n${rows.join('\n')}\nOLD99999,10,,,\n`;
};

const counted = `门店编码\t货号\t库存数量\nS010\tXL1001-GN-S\t6\nS010\t没有的货号\t3\nS010\tXL1001-GN-M\t-2\n`;

const FILES: readonly File[] = [
  { kind: 'MEMBERS', name: '老会员名单.csv', text: oldMembers(), fate: 'RUN' },
  { kind: 'BALANCES', name: '老会员储值和积分.csv', text: balances(), fate: 'RUN' },
  { kind: 'STOCK', name: '淮海中路店盘点.tsv', text: counted, fate: 'CHECKED' },
  {
    kind: 'MEMBERS',
    name: '快闪活动登记表.csv',
    text: '手机号,会员卡号,姓名,生日\n13620010001,POP1,柳依依,1995-05-01\n13620010002,POP2,沈知夏,1998-08-19\n',
    fate: 'UNDONE',
  },
];

/** Headquarters brings in files of its old systems: done with refused rows, only tried, taken back. */
export const bringFiles = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'files', async () => {
    for (const file of FILES) await attempt(context, file.name, () => bring(actors, file));
    context.say(`${FILES.length} files of old systems`);
  });

async function bring(actors: Actors, file: File): Promise<void> {
  const api = await actors.desk('hq');
  const { items } = await api.console.importJobs({ query: { limit: 50 } });
  if (items.some((job) => job.fileName === file.name && job.state !== 'UPLOADING')) return;
  const bytes = Buffer.from(file.text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { id } = await api.console.openImport({
    body: { kind: file.kind, fileName: file.name, bytes: bytes.length, sha256 },
  });
  const params = { id };
  await api.console.putImportPart({ params: { id, part: 0 }, body: { dataBase64: bytes.toString('base64') } });
  const { guess: mapping, options } = await api.console.importHead({ params });
  const reached = (...states: ImportJob['state'][]) =>
    until(`${file.name} is ${states[0]}`, async () => {
      const { state } = await api.console.importJob({ params });
      return states.includes(state) ? state : null;
    });
  await api.console.tryImport({ params, body: { mapping, options } });
  await reached('CHECKED', 'FAILED');
  if (file.fate === 'CHECKED') return;
  await api.console.runImport({ params });
  await reached('DONE', 'FAILED');
  if (file.fate === 'RUN') return;
  await api.console.undoImport({ params });
  await reached('UNDONE');
}
