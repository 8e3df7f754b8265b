import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { consumerByOpenid, openidOf, unionidOf } from '../core/index.js';
import { refuse } from './errors.js';
import type { MiniappPlatform } from './platform.js';
import { api, str } from './wire.js';

/** Login, tokens, phone number and risk rank. */
export function registerLoginRoutes(app: FastifyInstance, sim: MiniappPlatform): void {
  const { appid, secret } = sim.core.world.miniapp;
  const free = { noToken: true, bare: true };

  api(
    app,
    sim,
    'GET',
    '/sns/jscode2session',
    ({ query }) => {
      if (query.appid !== appid) refuse(40013);
      if (query.secret !== secret) refuse(40125);
      const key = sim.codes.use('login', query.js_code ?? '');
      if (sim.knobs.blockedConsumers.includes(key)) refuse(40226);
      sim.countLogin(key);
      sim.lastVisit.set(openidOf(appid, key), sim.core.clock.now());
      return {
        openid: openidOf(appid, key),
        session_key: randomBytes(16).toString('base64'),
        ...(sim.knobs.unionidBound ? { unionid: unionidOf(key) } : {}),
      };
    },
    free,
  );

  api(
    app,
    sim,
    'POST',
    '/cgi-bin/stable_token',
    ({ body }) => {
      if (body.grant_type !== 'client_credential') refuse(40002, 'invalid grant_type');
      return sim.tokens.issueStable(str(body.appid), str(body.secret), body.force_refresh === true);
    },
    free,
  );
  api(
    app,
    sim,
    'GET',
    '/cgi-bin/token',
    ({ query }) => sim.tokens.issuePlain(query.appid ?? '', query.secret ?? ''),
    free,
  );

  api(app, sim, 'POST', '/wxa/business/getuserphonenumber', ({ body }) => {
    const key = sim.codes.use('phone', str(body.code));
    const person = sim.core.world.consumers.find((consumer) => consumer.key === key);
    const phone = person?.phone ?? refuse(40029);
    return {
      phone_info: {
        phoneNumber: phone,
        purePhoneNumber: phone,
        countryCode: '86',
        watermark: { timestamp: Math.floor(sim.core.clock.now() / 1000), appid },
      },
    };
  });

  api(app, sim, 'POST', '/wxa/getuserriskrank', ({ body }) => {
    const openid = str(body.openid);
    const person = consumerByOpenid(sim.core.world, appid, openid) ?? refuse(40003);
    if (typeof body.scene !== 'number' || !str(body.client_ip)) refuse(47001);
    return { risk_rank: sim.knobs.riskRanks[person.key] ?? 0, unoin_id: openid };
  });
}
