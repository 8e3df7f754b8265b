import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import { asId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { BillDesk } from '../application/bill-desk.js';

/** Bills of the channel and where our books differ from them. */
@Controller()
export class BillsController {
  constructor(@Inject(BillDesk) private readonly desk: BillDesk) {}

  @Contract(consoleRoutes.billDifferences)
  list(
    @Who() actor: Actor,
    @Given() { query }: In<typeof consoleRoutes.billDifferences>,
  ): Out<typeof consoleRoutes.billDifferences> {
    return this.desk.list(actor as Desk, query);
  }

  @Contract(consoleRoutes.billDifference)
  one(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.billDifference>,
  ): Out<typeof consoleRoutes.billDifference> {
    return this.desk.one(actor as Desk, asId<'bill-difference'>(params.id));
  }

  @Contract(consoleRoutes.assignBillDifference)
  assign(
    @Who() actor: Actor,
    @Given() { params, body }: In<typeof consoleRoutes.assignBillDifference>,
  ): Out<typeof consoleRoutes.assignBillDifference> {
    return this.desk.assign(actor as Desk, asId<'bill-difference'>(params.id), asId<'user'>(body.userId));
  }

  @Contract(consoleRoutes.closeBillDifference)
  close(
    @Who() actor: Actor,
    @Given() { params, body }: In<typeof consoleRoutes.closeBillDifference>,
  ): Out<typeof consoleRoutes.closeBillDifference> {
    return this.desk.close(actor as Desk, asId<'bill-difference'>(params.id), body.note.trim());
  }

  @Contract(consoleRoutes.billDays)
  days(@Who() actor: Actor): Out<typeof consoleRoutes.billDays> {
    return this.desk.days(actor as Desk);
  }
}
