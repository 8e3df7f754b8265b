import { Controller, Inject } from '@nestjs/common';
import { guideRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Consumer, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { AssetPages } from '../application/asset-pages.js';
import { Codes } from '../application/codes.js';
import { GuideCodes } from '../application/guide-codes.js';
import { InStorePayments, tillOf } from '../application/in-store-payments.js';
import { InStoreViews } from '../application/in-store-views.js';
import { ResetPin } from '../application/reset-pin.js';
import { UndoPayment } from '../application/undo-payment.js';

/** What the consumer owns. */
@Controller()
export class MallAssetsController {
  constructor(
    @Inject(AssetPages) private readonly pages: AssetPages,
    @Inject(Codes) private readonly codes: Codes,
    @Inject(GuideCodes) private readonly shown: GuideCodes,
    @Inject(InStorePayments) private readonly payments: InStorePayments,
    @Inject(ResetPin) private readonly resetPin: ResetPin,
  ) {}

  @Contract(mallRoutes.wallet)
  wallet(@Who() actor: Consumer): Out<typeof mallRoutes.wallet> {
    return this.pages.myWallet(actor.brandId, actor.memberId);
  }

  @Contract(mallRoutes.walletEntries)
  walletEntries(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.walletEntries>,
  ): Out<typeof mallRoutes.walletEntries> {
    return this.pages.entries(actor.brandId, actor.memberId, 'WALLET', query);
  }

  @Contract(mallRoutes.points)
  points(@Who() actor: Consumer): Out<typeof mallRoutes.points> {
    return this.pages.myPoints(actor.brandId, actor.memberId);
  }

  @Contract(mallRoutes.pointsEntries)
  pointsEntries(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.pointsEntries>,
  ): Out<typeof mallRoutes.pointsEntries> {
    return this.pages.entries(actor.brandId, actor.memberId, 'POINTS', query);
  }

  @Contract(mallRoutes.growthEntries)
  growthEntries(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.growthEntries>,
  ): Out<typeof mallRoutes.growthEntries> {
    return this.pages.entries(actor.brandId, actor.memberId, 'GROWTH', query);
  }

  @Contract(mallRoutes.setWalletPin)
  async setPin(
    @Who() actor: Consumer,
    @Given() { body }: In<typeof mallRoutes.setWalletPin>,
  ): Out<typeof mallRoutes.setWalletPin> {
    await this.codes.setPin(actor, body.pin, body.oldPin);
    return { ok: true };
  }

  @Contract(mallRoutes.resetWalletPin)
  async resetWalletPin(
    @Who() actor: Consumer,
    @Given() { body }: In<typeof mallRoutes.resetWalletPin>,
  ): Out<typeof mallRoutes.resetWalletPin> {
    const { pin, ...proof } = body;
    await this.resetPin.run(actor, pin, proof);
    return { ok: true };
  }

  @Contract(mallRoutes.payCode)
  payCode(@Who() actor: Consumer): Out<typeof mallRoutes.payCode> {
    return this.codes.show(actor, 'PAY');
  }

  @Contract(mallRoutes.memberCode)
  memberCode(@Who() actor: Consumer): Out<typeof mallRoutes.memberCode> {
    return this.codes.show(actor, 'MEMBER');
  }

  @Contract(mallRoutes.payCodeState)
  payCodeState(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.payCodeState>,
  ): Out<typeof mallRoutes.payCodeState> {
    return this.shown.stateOf(actor, params.code);
  }

  @Contract(mallRoutes.confirmInStore)
  confirm(
    @Who() actor: Consumer,
    @Given() { params, body }: In<typeof mallRoutes.confirmInStore>,
  ): Out<typeof mallRoutes.confirmInStore> {
    return this.payments.confirm(actor, params.id as Id, body.pin, body.amountFen);
  }

  @Contract(mallRoutes.refuseInStore)
  refuse(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.refuseInStore>,
  ): Out<typeof mallRoutes.refuseInStore> {
    return this.payments.refuse(actor, params.id as Id);
  }
}

/** What a guide does with codes in the store. */
@Controller()
export class GuideAssetsController {
  constructor(
    @Inject(GuideCodes) private readonly codes: GuideCodes,
    @Inject(InStorePayments) private readonly payments: InStorePayments,
    @Inject(InStoreViews) private readonly views: InStoreViews,
    @Inject(UndoPayment) private readonly undo: UndoPayment,
  ) {}

  @Contract(guideRoutes.lookUpCode)
  lookUp(
    @Who() actor: Guide,
    @Given() { body }: In<typeof guideRoutes.lookUpCode>,
  ): Out<typeof guideRoutes.lookUpCode> {
    return this.codes.lookUp(actor.brandId, body.code);
  }

  @Contract(guideRoutes.chargePayCode)
  async charge(
    @Who() actor: Guide,
    @Given() { body, idempotencyKey }: In<typeof guideRoutes.chargePayCode>,
  ): Out<typeof guideRoutes.chargePayCode> {
    return this.views.one(actor, await this.payments.charge(tillOf(actor), body, idempotencyKey ?? ''));
  }

  @Contract(guideRoutes.inStorePayments)
  list(
    @Who() actor: Guide,
    @Given() { query }: In<typeof guideRoutes.inStorePayments>,
  ): Out<typeof guideRoutes.inStorePayments> {
    return this.views.page(actor, query);
  }

  @Contract(guideRoutes.inStorePayment)
  async one(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.inStorePayment>,
  ): Out<typeof guideRoutes.inStorePayment> {
    return this.views.one(actor, await this.payments.visible(actor, params.id as Id));
  }

  @Contract(guideRoutes.reverseInStorePayment)
  reverse(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.reverseInStorePayment>,
  ): Out<typeof guideRoutes.reverseInStorePayment> {
    return this.undo.run(actor, params.id as Id, body.reason);
  }
}
