import { Inject, Injectable } from '@nestjs/common';
import type { CallbackQuery, WecomEvent } from '../../../gateways/wecom/index.js';
import { WecomGateways } from '../../../gateways.module.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { log } from '../../../platform/observability/log.js';
import { Wake } from '../../../platform/platform.module.js';
import { Organization } from '../../organization/index.js';
import { InboxStore } from '../persistence/inbox.store.js';
import type { WecomDoors } from './wecom-door.js';

export const EVENTS_SWEEP = 'contacts.events';
export const WELCOME_SWEEP = 'contacts.welcome';

/** Events of one guide and contact are handled one after the other; those without a pair do not wait for each other. */
function serialKey(event: WecomEvent, hash: string): string {
  if ('externalUserId' in event) return `${event.userId.toLowerCase()} ${event.externalUserId}`;
  return hash;
}

/** Verifies a pushed event, keeps it and is done: the work comes later, because WeCom waits five seconds at most. */
@Injectable()
export class ReceiveCallback {
  private readonly rows = new InboxStore();

  constructor(
    @Inject(WecomGateways) private readonly wecom: Pick<WecomDoors, 'all'>,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Wake) private readonly wake: Pick<Wake, 'sweep'>,
  ) {}

  /** The reply of the address check, or null for a check that nobody of ours has signed. */
  verify(query: CallbackQuery): string | null {
    for (const door of this.wecom.all()) {
      const checked = door.callback.verifyUrl(query);
      if (checked.ok) return checked.reply;
    }
    return null;
  }

  /**
   * Keeps an event under the hash of its decrypted content.
   * @returns false for a forged or unreadable message
   * @throws Error when the database does not take it, so that WeCom sends it again
   */
  async run(query: CallbackQuery, rawBody: string): Promise<boolean> {
    let reason = 'NO_ACCOUNT';
    for (const door of this.wecom.all()) {
      const opened = door.callback.open(query, rawBody);
      if (!opened.ok) {
        reason = opened.reason;
        continue;
      }
      const brand = await this.organization.brandByCorp(door.config.corpId);
      // An event of a corporation that has no brand here is nothing to repeat.
      if (!brand) return true;
      const { event, hash } = opened;
      const hasWelcome = 'welcomeCode' in event && event.welcomeCode !== null;
      await this.unitOfWork.run('keep wecom event', (tx) =>
        this.rows.keep(tx, {
          id: this.ids.next<'wecomEvent'>(),
          brandId: brand.id,
          hash,
          serialKey: serialKey(event, hash),
          event,
          welcomeState: hasWelcome ? 'DUE' : 'NONE',
        }),
      );
      if (hasWelcome) this.wake.sweep(WELCOME_SWEEP);
      this.wake.sweep(EVENTS_SWEEP);
      return true;
    }
    log.warn({ reason }, 'a WeCom callback was refused');
    return false;
  }
}
