import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { MiniappPlatform } from './platform.js';
import { api, str } from './wire.js';

const VISIT_MS = 2 * 3_600_000;

/** Words that make a text risky, with the platform's labels; ours to choose, since the real list is not published. */
const RISKY: [RegExp, number][] = [
  [/刷单|加微信|代购返利|赌博群/, 10001],
  [/色情|约炮/, 20002],
  [/傻逼|去死|滚蛋/, 20003],
  [/毒品|枪支/, 20006],
  [/中奖汇款|诈骗/, 20008],
];
const DOUBTFUL: [RegExp, number][] = [[/微信号|QQ群|优惠券代领/, 10001]];

/** Content checks. */
export function registerContentRoutes(app: FastifyInstance, sim: MiniappPlatform): void {
  const { appid } = sim.core.world.miniapp;
  const recent = (openid: string): void => {
    const at = sim.lastVisit.get(openid);
    if (at === undefined || sim.core.clock.now() - at > VISIT_MS) refuse(61010);
  };

  api(app, sim, 'POST', '/wxa/msg_sec_check', ({ body }) => {
    const text = [body.content, body.title, body.nickname, body.signature].map(str).join(' ');
    if (body.version !== 2 || typeof body.scene !== 'number' || !str(body.content)) refuse(47001);
    if ([...str(body.content)].length > 2500) refuse(45002, 'content is longer than 2500');
    recent(str(body.openid));
    const risky = RISKY.find(([pattern]) => pattern.test(text));
    const doubtful = DOUBTFUL.find(([pattern]) => pattern.test(text));
    const suggest = risky ? 'risky' : doubtful ? 'review' : 'pass';
    const label = risky?.[1] ?? doubtful?.[1] ?? 100;
    return {
      trace_id: randomBytes(16).toString('hex'),
      result: { suggest, label },
      detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: suggest === 'pass' ? 10 : 90 }],
    };
  });

  api(app, sim, 'POST', '/wxa/media_check_async', ({ body }) => {
    const url = str(body.media_url);
    if (body.version !== 2 || ![1, 2].includes(Number(body.media_type)) || !/^https?:\/\//.test(url)) refuse(47001);
    const traceId = randomBytes(16).toString('hex');
    // A name is all the simulator looks at, so that a test can ask for each outcome.
    const suggest = /risky/i.test(url) ? 'risky' : /review/i.test(url) ? 'review' : 'pass';
    const label = suggest === 'risky' ? 20002 : suggest === 'review' ? 21000 : 100;
    if (!/never/i.test(url)) {
      sim.core.clock.schedule(sim.core.clock.now() + sim.knobs.mediaCheckMs, () => {
        void sim.push('wxa_media_check', {
          appid,
          trace_id: traceId,
          version: 2,
          detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
          errcode: 0,
          errmsg: 'ok',
          result: { suggest, label },
        });
      });
    }
    return { trace_id: traceId };
  });
}
