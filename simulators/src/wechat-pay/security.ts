import { notFound } from './errors.js';
import { notify } from './notify.js';
import { URL_PATTERN } from './order-fields.js';
import type { Answer, Call, Route } from './route.js';
import { sealFor, sealGcm } from './signing.js';
import type { PaySim } from './sim.js';
import { rfc3339 } from './time.js';
import { type Fields, must, str } from './validate.js';

const ECHO: Fields = {
  echo_message: must(str(1024)),
  encrypted_echo_message: str(4096),
  notify_url: str(256, { pattern: URL_PATTERN }),
};

function certificates(sim: PaySim, call: Call): Answer {
  const { apiV3Key, hasCertificates } = sim.merchantSettings(call.merchant.mchid);
  const list = sim.keys.certificates();
  if (hasCertificates === false || list.length === 0 || !apiV3Key) {
    throw notFound('无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。');
  }
  const data = list.map((certificate) => {
    const { from, to } = sim.keys.validity(certificate.certPem);
    const sealed = sealGcm(certificate.certPem, apiV3Key, 'certificate');
    return {
      serial_no: certificate.serial,
      effective_time: rfc3339(from),
      expire_time: rfc3339(to),
      encrypt_certificate: { algorithm: 'AEAD_AES_256_GCM', associated_data: 'certificate', ...sealed },
    };
  });
  return { body: { data } };
}

function echo(sim: PaySim, call: Call): Answer {
  const {
    echo_message: message,
    encrypted_echo_message: sealed,
    notify_url: url,
  } = call.body as Record<string, string>;
  const opened = sealed ? sim.keys.openField(sealed, call.serial, '/encrypted_echo_message') : undefined;
  // What comes back confidential is encrypted for the merchant's own certificate.
  const back =
    opened === undefined ? {} : { encrypted_echo_message: sealFor(call.merchant.publicKeyPem ?? '', opened) };
  const body = { echo_message: message, ...back };
  if (url) {
    notify(sim, {
      url,
      mchid: call.merchant.mchid,
      eventType: 'SECURITY_ECHO.SUCCESS',
      originalType: 'security',
      summary: '安全回显成功',
      plaintext: { mchid: call.merchant.mchid, echo_message: message },
    });
  }
  return { body };
}

/** Platform certificates and the self-test (reference: sections 2.1 and 2.2). */
export function securityRoutes(sim: PaySim): Route[] {
  return [
    { method: 'GET', url: '/v3/certificates', handle: (call) => certificates(sim, call) },
    { method: 'POST', url: '/v3/security/echo', fields: ECHO, handle: (call) => echo(sim, call) },
  ];
}
