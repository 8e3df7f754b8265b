import { NOTICE_TEMPLATES } from '../demo/notices.js';
import type { Actors } from './actors.js';
import { PERSONAS } from './personas.js';
import { asStep, type SeedContext } from './seed-context.js';

/** These agree to be told today; the others have not been asked yet. */
const AGREED = PERSONAS.filter((_, at) => at % 3 === 0).map(({ key }) => key);
const AGREED_TO = ['PICKUP_READY', 'ORDER_PAID', 'ORDER_SHIPPED', 'REFUND_DONE'];

/** Headquarters says which template tells what, and some people agree to be told. */
export const chooseTemplates = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'notice templates', async () => {
    const hq = await actors.desk('hq');
    for (const { kind, id, keywords } of NOTICE_TEMPLATES)
      await hq.console.setNoticeTemplate({
        params: { kind },
        body: { templateId: id, isOn: true, keywords: keywords.map(({ key, field }) => ({ key, field })) },
      });
    const wanted = NOTICE_TEMPLATES.filter(({ kind }) => AGREED_TO.includes(kind)).map(({ id }) => id);
    for (const key of AGREED) {
      const openid = context.people.consumers.find((one) => one.key === key)?.openid ?? '';
      for (const templateId of wanted) await actors.control('miniapp/subscribe-accept', { openid, templateId });
      const answers = wanted.map((templateId) => ({ templateId, answer: 'ACCEPT' as const, isAlways: false }));
      const api = await actors.consumer(key);
      await api.mall.answerNotices({ body: { answers }, idempotencyKey: `demo-agree-${key}` });
    }
  });
