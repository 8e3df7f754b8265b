import type { Clock } from '../../platform/clock/clock.js';
import { guardOutsideTransaction } from '../../platform/database/transaction-context.js';
import { exchange, type GatewayLogger, type HttpAnswer, headerOf, NoAnswer } from '../transport/index.js';
import { openResource } from './aead.js';
import { asObject, isObject, type Json, list, optionalText, text } from './json-reader.js';
import { type PayResult, type Refused, type Unknown, unknown } from './pay-result.js';
import { type PlatformCertificate, PlatformKeys, readCertificate } from './platform-keys.js';
import { RequestSigner } from './request-signer.js';
import { signatureFault, signatureHeaders } from './signature-check.js';
import type { PayAccount } from './wechat-pay.config.js';

const USER_AGENT = 'shuke/1.0';

export interface PayCall {
  method: 'GET' | 'POST';
  /** Path and query, encoded. */
  path: string;
  body?: object;
  /** Serial of the key that encrypted fields of the body. */
  encryptedWith?: string;
}

/**
 * Signs, sends and verifies. Nothing is repeated here: a money call whose answer is lost may have taken effect.
 * Only 2xx answers are signed by WeChat; a 4xx is an unauthenticated hint (reference: wechat-pay 2.2, 2.3).
 */
export class PayHttp {
  readonly signer: RequestSigner;
  readonly keys: PlatformKeys;

  constructor(
    readonly account: PayAccount,
    private readonly clock: Clock,
    private readonly logger: GatewayLogger,
  ) {
    this.signer = new RequestSigner(account, clock);
    this.keys = new PlatformKeys(account, clock, logger, () => this.downloadCertificates());
  }

  /** One API call; the body of a 204 is an empty object. @throws Error inside a transaction */
  async call(call: PayCall): Promise<PayResult<Json>> {
    guardOutsideTransaction('wechat-pay');
    const answer = await this.send(call);
    if ('kind' in answer) return answer;
    const failed = this.failure(answer);
    if (failed) return failed;
    const fault = await this.fault(answer);
    const requestId = headerOf(answer, 'request-id');
    if (fault) return unknown(fault, { status: answer.status, requestId });
    if (answer.status === 202) return unknown('ACCEPTED', { status: 202, requestId });
    const body = parse(answer.body);
    return body ? { kind: 'ok', data: body, requestId } : unknown('MALFORMED', { status: answer.status, requestId });
  }

  /**
   * Fetches a file that a verified answer named. Such answers are unsigned; the file's hash is the proof.
   * @param url absolute, as returned; anything but WeChat's own hosts is refused, since the request carries a signature
   */
  async download(url: string): Promise<PayResult<Buffer>> {
    guardOutsideTransaction('wechat-pay');
    const target = new URL(url);
    const own = target.origin === new URL(this.account.baseUrl).origin;
    if (!own && !(target.protocol === 'https:' && target.hostname.endsWith('.mch.weixin.qq.com')))
      return unknown('MALFORMED', { message: 'the download address is not WeChat Pay' });
    const answer = await this.send({ method: 'GET', path: `${target.pathname}${target.search}` }, target.origin);
    if ('kind' in answer) return answer;
    const failed = this.failure(answer);
    return failed ?? { kind: 'ok', data: answer.body, requestId: headerOf(answer, 'request-id') };
  }

  private async send(call: PayCall, origin = this.account.baseUrl): Promise<HttpAnswer | Unknown> {
    const url = new URL(call.path, origin);
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    // Asks for an answer signed with a key that we hold.
    const serial = call.encryptedWith ?? this.keys.forEncryption()?.serial;
    try {
      return await exchange({
        method: call.method,
        url: url.href,
        headers: {
          Accept: 'application/json',
          'User-Agent': USER_AGENT,
          Authorization: await this.signer.authorization(call.method, `${url.pathname}${url.search}`, body),
          ...(call.method === 'POST' && { 'Content-Type': 'application/json' }),
          ...(serial && { 'Wechatpay-Serial': serial }),
        },
        body: call.method === 'POST' ? body : undefined,
        timeoutMs: this.account.timeoutMs,
      });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.logger.warn('WeChat Pay gave no answer', { path: url.pathname, why: error.why });
      return unknown(error.why);
    }
  }

  private failure(answer: HttpAnswer): Refused | Unknown | null {
    if (answer.status >= 200 && answer.status < 300) return null;
    const hint = parse(answer.body) ?? {};
    const requestId = headerOf(answer, 'request-id');
    const message = optionalText(hint, 'message') ?? '';
    const facts = { status: answer.status, message, requestId };
    if (answer.status === 429) return unknown('RATE_LIMITED', facts);
    if (answer.status >= 500) return unknown('SERVER_ERROR', facts);
    if (answer.status === 401) this.reportSkew(answer, message);
    const code = optionalText(hint, 'code') ?? `HTTP_${answer.status}`;
    return { kind: 'refused', code, ...facts };
  }

  /** A clock that runs wrong looks like a bad signature; the Date header tells the two apart. */
  private reportSkew(answer: HttpAnswer, message: string): void {
    const theirs = Date.parse(headerOf(answer, 'date') ?? '');
    const skewMs = Number.isNaN(theirs) ? null : this.clock.now() - theirs;
    this.logger.error('WeChat Pay refused our signature', { accountId: this.account.accountId, message, skewMs });
  }

  private async fault(answer: HttpAnswer) {
    const headers = signatureHeaders(answer.headers);
    if (!headers) return 'BAD_SIGNATURE' as const;
    const pem = await this.keys.find(headers.serial);
    return signatureFault(headers, answer.body, pem, this.clock.now());
  }

  /**
   * The first answer of an account is signed by a certificate that is inside it, readable only with our APIv3 key; so
   * it is opened first and then verified with what it brought (or with a key we hold).
   */
  private async downloadCertificates(): Promise<PlatformCertificate[]> {
    guardOutsideTransaction('wechat-pay');
    const answer = await this.send({ method: 'GET', path: '/v3/certificates' });
    if ('kind' in answer || answer.status !== 200) return [];
    const brought: PlatformCertificate[] = [];
    for (const row of list(parse(answer.body) ?? {}, 'data')) {
      const sealed = asObject(row['encrypt_certificate']);
      const pem = openResource(
        {
          ciphertext: text(sealed, 'ciphertext'),
          nonce: text(sealed, 'nonce'),
          associated_data: optionalText(sealed, 'associated_data') ?? '',
        },
        this.account.apiV3Keys,
      );
      if (pem) brought.push({ ...readCertificate(pem), serial: text(row, 'serial_no') });
    }
    const headers = signatureHeaders(answer.headers);
    const signer =
      headers && (this.keys.known(headers.serial) ?? brought.find((c) => c.serial === headers.serial)?.pem);
    if (!headers || signatureFault(headers, answer.body, signer ?? null, this.clock.now())) {
      this.logger.error('the platform certificates were not signed as they should', {
        accountId: this.account.accountId,
      });
      return [];
    }
    return brought;
  }
}

function parse(body: Buffer): Json | null {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
