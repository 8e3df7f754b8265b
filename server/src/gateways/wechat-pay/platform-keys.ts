import { X509Certificate } from 'node:crypto';
import type { Clock } from '../../platform/clock/clock.js';
import { type GatewayLogger, SingleFlight } from '../transport/index.js';
import type { PayAccount } from './wechat-pay.config.js';

/** An unknown serial may not make us ask WeChat more often than this, or a forger could use us to hammer it. */
export const REFRESH_INTERVAL_MS = 60_000;

export interface PlatformCertificate {
  serial: string;
  pem: string;
  expiresAtMs: number;
}

/**
 * The platform's keys of one account: those of the configuration (public keys and certificates side by side, since a
 * switch from one to the other is ramped over days) and the certificates fetched since.
 */
export class PlatformKeys {
  private readonly fetched = new Map<string, PlatformCertificate>();
  private readonly flight = new SingleFlight<void>();
  private lastRefreshMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly account: PayAccount,
    private readonly clock: Clock,
    private readonly logger: GatewayLogger,
    private readonly download: () => Promise<PlatformCertificate[]>,
  ) {}

  /** The PEM of a serial that is known already. */
  known(serial: string): string | null {
    return this.account.platformKeys[serial] ?? this.fetched.get(serial)?.pem ?? null;
  }

  /** The PEM of a serial; an unknown certificate serial is looked up once a minute at most, a public key id never. */
  async find(serial: string): Promise<string | null> {
    const known = this.known(serial);
    if (known || serial.startsWith('PUB_KEY_ID_')) return known;
    await this.refresh();
    const found = this.known(serial);
    if (!found) this.logger.error('a platform key is unknown', { accountId: this.account.accountId, serial });
    return found;
  }

  /** Fetches the platform certificates, single-flight, once a minute at most; a failure leaves the old keys in place. */
  refresh(): Promise<void> {
    return this.flight.run('certificates', async () => {
      if (Math.abs(this.clock.now() - this.lastRefreshMs) < REFRESH_INTERVAL_MS) return;
      this.lastRefreshMs = this.clock.now();
      for (const certificate of await this.download()) this.fetched.set(certificate.serial, certificate);
    });
  }

  /** The key that encrypts sensitive fields: the public key if there is one, else the newest certificate. */
  forEncryption(): { serial: string; pem: string } | null {
    const id = this.account.publicKeyId;
    const configured = id ? this.account.platformKeys[id] : undefined;
    if (id && configured) return { serial: id, pem: configured };
    const newest = [...this.fetched.values()].sort((a, b) => b.expiresAtMs - a.expiresAtMs)[0];
    if (newest) return newest;
    const first = Object.entries(this.account.platformKeys)[0];
    return first ? { serial: first[0], pem: first[1] } : null;
  }
}

/** Serial (upper-case hex) and end of life of a certificate. */
export function readCertificate(pem: string): PlatformCertificate {
  const certificate = new X509Certificate(pem);
  return { serial: certificate.serialNumber.toUpperCase(), pem, expiresAtMs: Date.parse(certificate.validTo) };
}
