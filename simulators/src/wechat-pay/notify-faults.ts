import type { Fault, FaultKind } from '../core/index.js';
import { makeKeyPair, makeSerial } from '../core/index.js';
import type { Signer } from './signing.js';

type Json = Record<string, unknown>;
const has = (struck: Fault[], kind: FaultKind) => struck.some((fault) => fault.kind === kind);

let strangerSigner: Signer | undefined;
/** A signer whose serial nobody has ever published, as an expired and removed certificate looks. */
function stranger(): Signer {
  strangerSigner ??= { serial: makeSerial(), privateKeyPem: makeKeyPair().privateKeyPem };
  return strangerSigner;
}

/** Adds one fen to every amount of the message that the fault may bend. */
function oneFenMore(message: Json): Json {
  const amount = message.amount as Json | undefined;
  if (!amount || typeof amount !== 'object') return message;
  const bent = Object.entries(amount).map(([name, value]) => [name, typeof value === 'number' ? value + 1 : value]);
  return { ...message, amount: Object.fromEntries(bent) };
}

function otherMerchant(message: Json): Json {
  const bent = { ...message };
  for (const name of ['mchid', 'sub_mchid', 'mch_id']) if (name in bent) bent[name] = '1699999999';
  return bent;
}

/** How the faults bend a message, its ciphertext, its signer and its headers. */
export const tamper = {
  kinds: [
    'delay',
    'duplicate-callback',
    'reorder-callbacks',
    'drop-callback',
    'wrong-amount',
    'bad-signature',
    'signtest',
    'foreign-merchant',
    'tampered',
    'expired-certificate',
  ] as const satisfies readonly FaultKind[],

  plaintext(message: unknown, struck: Fault[]): unknown {
    let bent = message as Json;
    if (has(struck, 'wrong-amount')) bent = oneFenMore(bent);
    if (has(struck, 'foreign-merchant')) bent = otherMerchant(bent);
    return bent;
  },

  /** Flips one bit inside the ciphertext; the signature is made afterwards, so only the GCM tag can tell. */
  resource<T extends { ciphertext: string }>(resource: T, struck: Fault[]): T {
    if (!has(struck, 'tampered')) return resource;
    const bytes = Buffer.from(resource.ciphertext, 'base64');
    const middle = Math.floor(bytes.length / 3);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    return { ...resource, ciphertext: bytes.toString('base64') };
  },

  signer(signer: Signer, struck: Fault[]): Signer {
    return has(struck, 'expired-certificate') ? stranger() : signer;
  },

  headers(headers: Record<string, string>, struck: Fault[]): Record<string, string> {
    const signature = headers['Wechatpay-Signature'] ?? '';
    if (has(struck, 'signtest')) return { ...headers, 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${signature}` };
    if (!has(struck, 'bad-signature')) return headers;
    const bytes = Buffer.from(signature, 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return { ...headers, 'Wechatpay-Signature': bytes.toString('base64') };
  },
};
