import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { SetStock } from '../application/set-stock.js';

/** Counting stock at the desk. */
@Controller()
export class ConsoleStockController {
  constructor(@Inject(SetStock) private readonly set: SetStock) {}

  @Contract(consoleRoutes.setStock)
  setStock(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.setStock>): Out<typeof consoleRoutes.setStock> {
    return this.set.run(actor as Desk, input.params.id as StoreId, input.params.skuId as Id<'sku'>, input.body);
  }
}
