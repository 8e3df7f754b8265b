import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Id, MemberId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Adjustments } from '../application/adjustments.js';
import { AssetDesk } from '../application/asset-desk.js';
import { AssetPages } from '../application/asset-pages.js';
import { AssetSettings } from '../application/asset-settings.js';
import { InStoreViews } from '../application/in-store-views.js';
import { pointsRuleView } from '../application/points-rule-view.js';

/** Members' assets at the desk. */
@Controller()
export class ConsoleAssetsController {
  constructor(
    @Inject(AssetPages) private readonly pages: AssetPages,
    @Inject(AssetDesk) private readonly desk: AssetDesk,
    @Inject(Adjustments) private readonly adjustments: Adjustments,
    @Inject(InStoreViews) private readonly inStore: InStoreViews,
  ) {}

  @Contract(consoleRoutes.assetSummary)
  summary(@Who() actor: Actor): Out<typeof consoleRoutes.assetSummary> {
    return this.pages.summary(actor.brandId);
  }

  @Contract(consoleRoutes.memberAssets)
  member(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.memberAssets>,
  ): Out<typeof consoleRoutes.memberAssets> {
    return this.desk.member(actor.brandId, params.id as MemberId);
  }

  @Contract(consoleRoutes.memberAssetEntries)
  entries(
    @Who() actor: Actor,
    @Given() { params, query }: In<typeof consoleRoutes.memberAssetEntries>,
  ): Out<typeof consoleRoutes.memberAssetEntries> {
    return this.desk.entries(actor.brandId, params.id as MemberId, query);
  }

  @Contract(consoleRoutes.freezeAsset)
  async freeze(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.freezeAsset>,
  ): Out<typeof consoleRoutes.freezeAsset> {
    await this.desk.freeze(actor.brandId, params.id as MemberId, body);
    return { ok: true };
  }

  @Contract(consoleRoutes.adjustments)
  list(
    @Who() actor: Desk,
    @Given() { query }: In<typeof consoleRoutes.adjustments>,
  ): Out<typeof consoleRoutes.adjustments> {
    return this.adjustments.list(actor, query);
  }

  @Contract(consoleRoutes.requestAdjustment)
  request(
    @Who() actor: Desk,
    @Given() { body, idempotencyKey }: In<typeof consoleRoutes.requestAdjustment>,
  ): Out<typeof consoleRoutes.requestAdjustment> {
    return this.adjustments.request(actor, body, idempotencyKey ?? '');
  }

  @Contract(consoleRoutes.decideAdjustment)
  decide(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.decideAdjustment>,
  ): Out<typeof consoleRoutes.decideAdjustment> {
    return this.adjustments.decide(actor, params.id as Id, body.isApproved, body.note ?? null);
  }

  @Contract(consoleRoutes.inStorePayments)
  payments(
    @Who() actor: Desk,
    @Given() { query }: In<typeof consoleRoutes.inStorePayments>,
  ): Out<typeof consoleRoutes.inStorePayments> {
    return this.inStore.page(actor, query);
  }
}

/** The brand's rules for wallet and points. */
@Controller()
export class ConsoleAssetSettingsController {
  constructor(@Inject(AssetSettings) private readonly settings: AssetSettings) {}

  @Contract(consoleRoutes.walletSettings)
  wallet(@Who() actor: Actor): Out<typeof consoleRoutes.walletSettings> {
    return this.settings.wallet(actor.brandId);
  }

  @Contract(consoleRoutes.setWalletSettings)
  setWallet(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.setWalletSettings>,
  ): Out<typeof consoleRoutes.setWalletSettings> {
    return this.settings.publishWallet(actor, body);
  }

  @Contract(consoleRoutes.pointsRule)
  async points(@Who() actor: Actor): Out<typeof consoleRoutes.pointsRule> {
    return pointsRuleView(await this.settings.points(actor.brandId));
  }

  @Contract(consoleRoutes.setPointsRule)
  async setPoints(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.setPointsRule>,
  ): Out<typeof consoleRoutes.setPointsRule> {
    return pointsRuleView(await this.settings.publishPoints(actor, body));
  }
}
