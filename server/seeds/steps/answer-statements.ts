import { type Actors, attempt } from './actors.js';
import { asStep, type SeedContext } from './seed-context.js';

const DISPUTES: readonly { login: string; note: string; answer: string | null }[] = [
  { login: 'f01', note: '这天有一笔到店退货，货在我们店里，请核对退回的那件算谁的', answer: null },
  {
    login: 'f02',
    note: '品牌服务费看起来比上周高，请说明按哪一版规则算的',
    answer: '按第 1 版规则，基数不含运费；每一行的算法在证明里，可以拖进验证器重算。',
  },
];
/** So many of the oldest statements each of them has agreed with. */
const CONFIRMED = 2;

/** Franchisees agree with old statements and dispute one each; headquarters has answered one of the disputes. */
export const answerStatements = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'answers to statements', async () => {
    for (const { login, note, answer } of DISPUTES)
      await attempt(context, `statements of ${login}`, async () => {
        const { console: theirs } = await actors.desk(login);
        const { items } = await theirs.statements({ query: { limit: 50 } });
        const oldest = items.filter(({ state }) => state === 'PUBLISHED').sort((a, b) => a.day.localeCompare(b.day));
        for (const { franchiseeId, day } of oldest.slice(0, CONFIRMED))
          await theirs.confirmStatement({ params: { franchiseeId, day } });
        const doubtful = oldest[CONFIRMED];
        if (!doubtful) return;
        const params = { franchiseeId: doubtful.franchiseeId, day: doubtful.day };
        const lines = (await theirs.statement({ params })).lines
          .slice(0, 1)
          .map(({ storeId, seq }) => ({ storeId, seq }));
        await theirs.disputeStatement({ params, body: { note, lines } });
        const { console: hq } = await actors.desk('hq');
        if (answer) await hq.answerStatement({ params, body: { note: answer, ...(lines[0] && { line: lines[0] }) } });
      });
  });
