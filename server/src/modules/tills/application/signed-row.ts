import { createPublicKey, verify } from 'node:crypto';
import type { DeviceRow } from '@shuke/shared/contracts';
import { canonicalJson } from '@shuke/shared/kernel';
import type { Device } from '../persistence/till-rows.js';

/** Ed25519 over the canonical JSON of the device's number and the row without its signature. */
export function isSignedBy(device: Pick<Device, 'deviceNo' | 'publicKey'>, { signature, ...row }: DeviceRow): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: device.publicKey }, format: 'jwk' });
    const text = Buffer.from(canonicalJson({ deviceNo: device.deviceNo, row }));
    return verify(null, text, key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
