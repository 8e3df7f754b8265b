import { Controller, Inject } from '@nestjs/common';
import { posRoutes } from '@shuke/shared/contracts';
import type { Actor } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { DeviceRows } from '../application/device-rows.js';
import { Devices, type Pos } from '../application/devices.js';
import { TillDesk } from '../application/till-desk.js';
import { TillQuestions } from '../application/till-questions.js';

/** Tills ask here while somebody stands at them, and hand in what they did. */
@Controller()
export class TillsController {
  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(TillQuestions) private readonly questions: TillQuestions,
    @Inject(TillDesk) private readonly desk: TillDesk,
    @Inject(DeviceRows) private readonly rows: DeviceRows,
  ) {}

  @Contract(posRoutes.registerDevice)
  register(
    @Who() actor: Actor,
    @Given() input: In<typeof posRoutes.registerDevice>,
  ): Out<typeof posRoutes.registerDevice> {
    return this.devices.register(actor as Pos, input.body);
  }

  @Contract(posRoutes.devices)
  list(@Who() actor: Actor): Out<typeof posRoutes.devices> {
    return this.devices.list(actor.brandId, (actor as Pos).connectorId);
  }

  @Contract(posRoutes.identify)
  identify(@Who() actor: Actor, @Given() input: In<typeof posRoutes.identify>): Out<typeof posRoutes.identify> {
    return this.questions.identify(actor as Pos, input.body);
  }

  @Contract(posRoutes.price)
  price(@Who() actor: Actor, @Given() input: In<typeof posRoutes.price>): Out<typeof posRoutes.price> {
    return this.questions.price(actor as Pos, input.body);
  }

  @Contract(posRoutes.redeemCoupon)
  redeem(@Who() actor: Actor, @Given() input: In<typeof posRoutes.redeemCoupon>): Out<typeof posRoutes.redeemCoupon> {
    return this.desk.redeem(actor as Pos, input.body);
  }

  @Contract(posRoutes.usePoints)
  points(@Who() actor: Actor, @Given() input: In<typeof posRoutes.usePoints>): Out<typeof posRoutes.usePoints> {
    return this.desk.payByPoints(actor as Pos, input.body);
  }

  @Contract(posRoutes.useWallet)
  wallet(@Who() actor: Actor, @Given() input: In<typeof posRoutes.useWallet>): Out<typeof posRoutes.useWallet> {
    return this.desk.payByWallet(actor as Pos, input.body);
  }

  @Contract(posRoutes.takeBack)
  takeBack(@Who() actor: Actor, @Given() input: In<typeof posRoutes.takeBack>): Out<typeof posRoutes.takeBack> {
    return this.desk.takeBack(actor as Pos, input.body);
  }

  @Contract(posRoutes.deviceRows)
  deviceRows(@Who() actor: Actor, @Given() input: In<typeof posRoutes.deviceRows>): Out<typeof posRoutes.deviceRows> {
    return this.rows.run(actor as Pos, input.body.deviceNo, input.body.rows);
  }
}
