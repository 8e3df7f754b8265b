import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { CloseStore } from '../application/close-store.js';
import { ProgressClosings } from '../application/progress-closings.js';

/** Closing stores: headquarters' wizard and the consumer's word. */
@Controller()
export class ClosingsController {
  constructor(
    @Inject(CloseStore) private readonly close: CloseStore,
    @Inject(ProgressClosings) private readonly progress: ProgressClosings,
  ) {}

  @Contract(consoleRoutes.closingPreview)
  preview(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.closingPreview>,
  ): Out<typeof consoleRoutes.closingPreview> {
    return this.close.preview(actor as Desk, input.params.id as StoreId);
  }

  @Contract(consoleRoutes.startClosing)
  start(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.startClosing>,
  ): Out<typeof consoleRoutes.startClosing> {
    return this.close.start(actor as Desk, input.params.id as StoreId, input.body);
  }

  @Contract(consoleRoutes.closings)
  list(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.closings>): Out<typeof consoleRoutes.closings> {
    return this.close.list(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.closing)
  one(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.closing>): Out<typeof consoleRoutes.closing> {
    return this.close.one(actor as Desk, input.params.id as Id<'closing'>);
  }

  @Contract(consoleRoutes.refundClosingOrder)
  refund(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.refundClosingOrder>,
  ): Out<typeof consoleRoutes.refundClosingOrder> {
    return this.close.refund(actor as Desk, input.params.id as Id<'closing'>, input.params.orderId);
  }

  @Contract(consoleRoutes.cancelClosing)
  cancel(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.cancelClosing>,
  ): Out<typeof consoleRoutes.cancelClosing> {
    return this.close.cancel(actor as Desk, input.params.id as Id<'closing'>);
  }

  @Contract(mallRoutes.pickupMoves)
  moves(@Who() actor: Actor): Out<typeof mallRoutes.pickupMoves> {
    return this.progress.mine(actor as Consumer);
  }

  @Contract(mallRoutes.answerPickupMove)
  answer(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.answerPickupMove>,
  ): Out<typeof mallRoutes.answerPickupMove> {
    return this.progress.answer(actor as Consumer, input.params.id as Id<'pickup-move'>, input.body.isAccepted);
  }
}
