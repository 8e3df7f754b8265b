import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ChangeCart } from '../application/change-cart.js';
import { PreviewOrder } from '../application/preview-order.js';
import { ScanItem } from '../application/scan-item.js';
import { ShowCart } from '../application/show-cart.js';

/** The cart and what it would cost. */
@Controller()
export class MallCartController {
  constructor(
    @Inject(ShowCart) private readonly show: ShowCart,
    @Inject(ChangeCart) private readonly change: ChangeCart,
    @Inject(PreviewOrder) private readonly previewOrder: PreviewOrder,
    @Inject(ScanItem) private readonly scanItem: ScanItem,
  ) {}

  @Contract(mallRoutes.cart)
  cart(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.cart>): Out<typeof mallRoutes.cart> {
    return this.show.run(actor as Consumer, input.query.storeId as StoreId);
  }

  @Contract(mallRoutes.addToCart)
  async addToCart(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.addToCart>,
  ): Out<typeof mallRoutes.addToCart> {
    const { storeId, skuId, qty } = input.body;
    const { rows, offers } = await this.change.add(actor as Consumer, storeId as StoreId, skuId as Id<'sku'>, qty);
    return this.show.of(actor as Consumer, storeId as StoreId, rows, offers);
  }

  @Contract(mallRoutes.setCartLine)
  async setCartLine(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.setCartLine>,
  ): Out<typeof mallRoutes.setCartLine> {
    const { storeId, ...change } = input.body;
    await this.change.set(actor as Consumer, storeId as StoreId, input.params.id as Id<'sku'>, change);
    return this.show.run(actor as Consumer, storeId as StoreId);
  }

  @Contract(mallRoutes.scanItem)
  scan(@Who() actor: Actor, @Given() { params }: In<typeof mallRoutes.scanItem>): Out<typeof mallRoutes.scanItem> {
    return this.scanItem.run(actor as Consumer, params.id as StoreId, params.code);
  }

  @Contract(mallRoutes.preview)
  preview(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.preview>): Out<typeof mallRoutes.preview> {
    return this.previewOrder.run(actor as Consumer, input.body);
  }
}
