import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { KeepAddresses } from '../application/keep-addresses.js';
import type { AddressId } from '../domain/types.js';

/** A consumer's addresses. */
@Controller()
export class MallAddressesController {
  constructor(@Inject(KeepAddresses) private readonly keep: KeepAddresses) {}

  @Contract(mallRoutes.addresses)
  addresses(@Who() actor: Actor): Out<typeof mallRoutes.addresses> {
    return this.keep.list(actor as Consumer);
  }

  @Contract(mallRoutes.addAddress)
  add(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.addAddress>): Out<typeof mallRoutes.addAddress> {
    return this.keep.add(actor as Consumer, input.body);
  }

  @Contract(mallRoutes.updateAddress)
  update(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.updateAddress>,
  ): Out<typeof mallRoutes.updateAddress> {
    return this.keep.update(actor as Consumer, input.params.id as AddressId, input.body);
  }

  @Contract(mallRoutes.deleteAddress)
  async remove(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.deleteAddress>,
  ): Out<typeof mallRoutes.deleteAddress> {
    await this.keep.remove(actor as Consumer, input.params.id as AddressId);
    return { ok: true };
  }
}
