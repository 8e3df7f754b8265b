import { createPrivateKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import Pay from 'wechatpay-node-v3';
import type { Clock } from '../../platform/clock/clock.js';
import type { PayAccount } from './wechat-pay.config.js';

const signElsewhere = promisify(sign);

/**
 * Signs with the merchant key and words the header through wechatpay-node-v3. The text to sign is composed here, because
 * the package leaves out the body line of a POST without body and draws its nonces from Math.random (reference:
 * wechat-pay 1.3, 3 and 13); and signed here, because the package reads the key anew each time and signs on the thread
 * that answers everybody: a signature takes as long as a short request, so another thread makes it.
 */
export class RequestSigner {
  private readonly pay: Pay;
  private readonly key: KeyObject;

  constructor(
    private readonly account: PayAccount,
    private readonly clock: Clock,
  ) {
    this.key = createPrivateKey(account.privateKeyPem);
    this.pay = new Pay({
      appid: '',
      mchid: account.mchid,
      serial_no: account.serialNo,
      // The package reads the certificate only to find the serial, which is given.
      publicKey: Buffer.from(account.serialNo),
      privateKey: Buffer.from(account.privateKeyPem),
    });
  }

  /**
   * The Authorization header of one request.
   * @param pathAndQuery exactly as sent, encoded, without host
   * @param body the exact body text, '' for none
   */
  async authorization(method: string, pathAndQuery: string, body: string): Promise<string> {
    const timestamp = this.seconds();
    const nonce = randomBytes(16).toString('hex').toUpperCase();
    const signature = await this.sign(`${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n${body}\n`);
    return this.pay.getAuthorization(nonce, timestamp, signature);
  }

  /** What wx.requestPayment takes. @param appid the mini-program that runs: sub_appid if the order had one */
  async payParams(prepayId: string, appid: string, nonce = randomBytes(16).toString('hex')) {
    const timestamp = this.seconds();
    const packageText = `prepay_id=${prepayId}`;
    return {
      appId: appid,
      timeStamp: timestamp,
      nonceStr: nonce,
      package: packageText,
      signType: 'RSA' as const,
      paySign: await this.sign(`${appid}\n${timestamp}\n${nonce}\n${packageText}\n`),
    };
  }

  /** RSA-OAEP of a sensitive field for the platform, base64. @param plain at most 214 bytes */
  encrypt(plain: string, platformPem: string): string {
    return this.pay.publicEncrypt(plain, Buffer.from(platformPem));
  }

  /** Opens a sensitive field that the platform encrypted with our certificate. */
  decrypt(cipher: string): string {
    return this.pay.privateDecrypt(cipher);
  }

  get mchid(): string {
    return this.account.mchid;
  }

  private async sign(text: string): Promise<string> {
    return (await signElsewhere('RSA-SHA256', Buffer.from(text), this.key)).toString('base64');
  }

  private seconds(): string {
    return String(Math.floor(this.clock.now() / 1000));
  }
}

export type PayParams = Awaited<ReturnType<RequestSigner['payParams']>>;
