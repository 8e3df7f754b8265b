import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';
import type { WorldCertificate, WorldPayKeys } from './world.js';

/** A merchant's API key pair and the serial number of its certificate. */
export interface MerchantKeys {
  serial: string;
  privateKeyPem: string;
  publicKeyPem: string;
}

/** A fresh RSA-2048 pair in PEM (PKCS#8 and SPKI). */
export function makeKeyPair(): { privateKeyPem: string; publicKeyPem: string } {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKeyPem: pair.privateKey, publicKeyPem: pair.publicKey };
}

/** A serial number as certificates carry it: 40 hex digits, the first below 8 so that it stays positive. */
export function makeSerial(): string {
  return `5${randomBytes(20).toString('hex').slice(1)}`.toUpperCase();
}

/** Keys for one merchant. */
export function makeMerchantKeys(): MerchantKeys {
  return { serial: makeSerial(), ...makeKeyPair() };
}

/** A self-signed X.509 certificate for `commonName`, valid for five years as the platform's are. */
export function makeCertificate(commonName: string, notBefore: Date): WorldCertificate {
  const keys = makeKeyPair();
  const serial = makeSerial();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKeyPem);
  certificate.serialNumber = serial;
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = new Date(notBefore.getTime() + 5 * 365 * 86_400_000);
  const subject = [
    { name: 'commonName', value: commonName },
    { name: 'organizationName', value: 'Simulated payment platform' },
    { name: 'countryName', value: 'CN' },
  ];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.sign(forge.pki.privateKeyFromPem(keys.privateKeyPem), forge.md.sha256.create());
  return { serial, certPem: forge.pki.certificateToPem(certificate), privateKeyPem: keys.privateKeyPem };
}

/** The platform's side: one pay public key and, when asked, platform certificates. */
export function makePayKeys(notBefore: Date, certificates = 1): WorldPayKeys {
  const keys = makeKeyPair();
  const digits = BigInt(`0x${createHash('sha256').update(keys.publicKeyPem).digest('hex')}`).toString();
  return {
    publicKeyId: `PUB_KEY_ID_01${digits.slice(0, 32)}`,
    ...keys,
    certificates: Array.from({ length: certificates }, () => makeCertificate('Tenpay.com sign', notBefore)),
  };
}
