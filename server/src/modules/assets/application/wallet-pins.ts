import { Inject, Injectable } from '@nestjs/common';
import type { Fen } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { AssetSettings } from './asset-settings.js';
import { refuseAsset } from './assets-errors.js';
import { Codes } from './codes.js';

/** The PIN at checkout: amounts above the brand's limit are confirmed with it, as in a store; whoever has none sets one first. */
@Injectable()
export class WalletPins {
  constructor(
    @Inject(AssetSettings) private readonly settings: AssetSettings,
    @Inject(Codes) private readonly codes: Codes,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Whether the wallet pays so much that its owner has to confirm it. */
  async isNeeded({ brandId }: Consumer, amountFen: Fen): Promise<boolean> {
    if (amountFen === 0) return false;
    const { pinAboveFen } = await this.settings.wallet(brandId);
    return amountFen > pinAboveFen;
  }

  /** Whether there is a PIN to ask for; without one it has to be set first. */
  isSet({ brandId, memberId }: Consumer): Promise<boolean> {
    return this.codes.hasPin(this.database, brandId, memberId);
  }

  /** @throws AppError PIN_MISSING when none was ever set, WALLET_PIN_NEEDED, PIN_WRONG, PIN_LOCKED */
  async check(actor: Consumer, amountFen: Fen, pin: string | undefined): Promise<void> {
    if (!(await this.isNeeded(actor, amountFen))) return;
    if (pin === undefined) throw refuseAsset((await this.isSet(actor)) ? 'WALLET_PIN_NEEDED' : 'PIN_MISSING');
    await this.codes.checkPin(actor.brandId, actor.memberId, pin);
  }
}
