import {
  constants,
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomUUID,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import type { WorldMerchant, WorldPayKeys } from '../core/index.js';
import { invalid, paramError, signError } from './errors.js';

/** The key that signs answers and notifications, under the name that `Wechatpay-Serial` gives it. */
export interface Signer {
  serial: string;
  privateKeyPem: string;
}

/** Random letters and digits, out of identifiers that Node makes many at a time. */
export function nonce(length = 32): string {
  let text = '';
  while (text.length < length) text += randomUUID().replaceAll('-', '');
  return text.slice(0, length);
}

/** Reading a key costs nearly as much as signing with it, so each is read once. */
const remembered = (read: (pem: string) => KeyObject) => {
  const known = new Map<string, KeyObject>();
  return (pem: string): KeyObject => {
    let key = known.get(pem);
    if (!key) {
      key = read(pem);
      known.set(pem, key);
    }
    return key;
  };
};
const privateKeyOf = remembered(createPrivateKey);
const publicKeyOf = remembered(createPublicKey);

export function signText(text: string, privateKeyPem: string): string {
  return sign('RSA-SHA256', Buffer.from(text), privateKeyOf(privateKeyPem)).toString('base64');
}

export function verifyText(text: string | Buffer, publicKeyPem: string, signature: string): boolean {
  const key = publicKeyOf(publicKeyPem);
  return verify('RSA-SHA256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

/** The text of an answer's or notification's signature: timestamp, nonce, body, each closed by a line feed. */
export function signedHeaders(body: string, atMs: number, signer: Signer): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const once = nonce();
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': once,
    'Wechatpay-Serial': signer.serial,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    'Wechatpay-Signature': signText(`${timestamp}\n${once}\n${body}\n`, signer.privateKeyPem),
  };
}

/** AES-256-GCM with the tag at the end, base64, as resources in notifications and certificates are wrapped. */
export function sealGcm(
  plain: string,
  apiV3Key: string,
  associatedData: string,
): { nonce: string; ciphertext: string } {
  const once = nonce(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key, 'utf8'), Buffer.from(once, 'utf8'));
  cipher.setAAD(Buffer.from(associatedData, 'utf8'));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { nonce: once, ciphertext: sealed.toString('base64') };
}

/** RSA-OAEP (SHA-1) for one field, base64. */
export function sealFor(publicKeyPem: string, plain: string): string {
  const options = { key: publicKeyPem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return publicEncrypt(options, Buffer.from(plain, 'utf8')).toString('base64');
}

/** The platform's keys in all their forms. */
export class PlatformKeys {
  constructor(private readonly keys: WorldPayKeys) {}

  publicKeySigner(): Signer {
    return { serial: this.keys.publicKeyId, privateKeyPem: this.keys.privateKeyPem };
  }

  /** PEM of the pay public key, as a merchant downloads it from the merchant platform. */
  publicKeyPem(): string {
    return createPublicKey(createPrivateKey(this.keys.privateKeyPem))
      .export({ type: 'spki', format: 'pem' })
      .toString();
  }

  certificates(): WorldPayKeys['certificates'] {
    return this.keys.certificates;
  }

  /** The newest certificate's signer, or the pay public key when there are none. */
  certificateSigner(): Signer {
    const newest = this.keys.certificates.at(-1);
    return newest ? { serial: newest.serial, privateKeyPem: newest.privateKeyPem } : this.publicKeySigner();
  }

  /** The signer that the caller asked for by `Wechatpay-Serial`, or the default. */
  requested(serial: string | undefined): Signer {
    if (!serial) return this.publicKeySigner();
    const certificate = this.keys.certificates.find((item) => item.serial.toUpperCase() === serial.toUpperCase());
    return certificate ?? this.publicKeySigner();
  }

  validity(certPem: string): { from: number; to: number } {
    const certificate = new X509Certificate(certPem);
    return { from: Date.parse(certificate.validFrom), to: Date.parse(certificate.validTo) };
  }

  /**
   * Opens a field that the merchant encrypted with RSA-OAEP (SHA-1) for the key named in `Wechatpay-Serial`.
   * Throws PARAM_ERROR when that header is missing or the text does not open.
   */
  openField(value: string, serial: string | undefined, field: string): string {
    const all = [this.publicKeySigner(), ...this.keys.certificates];
    const key = all.find((item) => item.serial.toUpperCase() === serial?.toUpperCase());
    if (!key) throw invalid('请求中含有加密字段，Http头缺少Wechatpay-Serial或其值不正确');
    try {
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      return privateDecrypt(
        { key: key.privateKeyPem, padding, oaepHash: 'sha1' },
        Buffer.from(value, 'base64'),
      ).toString();
    } catch {
      throw paramError('敏感字段解密失败', { location: 'body', field, issue: '解密失败' });
    }
  }
}

export interface SignedRequest {
  method: string;
  /** Path and query exactly as sent. */
  url: string;
  authorization: string | undefined;
  body: Buffer;
  nowMs: number;
  /** Order endpoints word a missing header differently. */
  orderPath: boolean;
}

const SCHEME = /^WECHATPAY2-SHA256-RSA2048 (.+)$/;
const WINDOW_S = 300;

/**
 * Verifies a request the way the platform does: form of the header, then the time window, then the signature.
 * Returns the merchant; throws SIGN_ERROR with the bodies that the real service gives (reference: section 2.3).
 */
export function verifyRequest(request: SignedRequest, merchants: WorldMerchant[]): WorldMerchant {
  const match = SCHEME.exec(request.authorization ?? '');
  const parts = new Map<string, string>();
  for (const [, name = '', value = ''] of (match?.[1] ?? '').matchAll(/(\w+)="([^"]*)"/g)) parts.set(name, value);
  const [mchid, once, timestamp, serial, signature] = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'].map(
    (name) => parts.get(name) ?? '',
  ) as [string, string, string, string, string];
  if (!mchid || !once || !timestamp || !serial || !signature) {
    throw signError(
      request.orderPath
        ? '签名信息错误，验签失败'
        : 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
    );
  }
  if (Math.abs(request.nowMs / 1000 - Number(timestamp)) > WINDOW_S || !/^\d+$/.test(timestamp)) {
    throw signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
  }
  const merchant = merchants.find((item) => item.mchid === mchid && item.kind !== 'sub' && item.publicKeyPem);
  const head = Buffer.from(`${request.method}\n${request.url}\n${timestamp}\n${once}\n`, 'utf8');
  const text = Buffer.concat([head, request.body, Buffer.from('\n')]);
  const known = merchant?.serial?.toUpperCase() === serial.toUpperCase();
  if (!merchant?.publicKeyPem || !known || !verifyText(text, merchant.publicKeyPem, signature)) {
    throw signError('签名错误');
  }
  return merchant;
}
