import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { MallDesk } from '../application/mall-desk.js';
import { KeepStoreService } from '../application/store-service.js';
import type { MallSettingsChange } from '../domain/mall-settings.js';

/** Store malls at the desk. */
@Controller()
export class ConsoleMallController {
  constructor(
    @Inject(MallDesk) private readonly desk: MallDesk,
    @Inject(KeepStoreService) private readonly service: KeepStoreService,
  ) {}

  @Contract(consoleRoutes.mallSettings)
  settings(@Who() actor: Actor): Out<typeof consoleRoutes.mallSettings> {
    return this.desk.settings(actor as Desk);
  }

  @Contract(consoleRoutes.updateMallSettings)
  update(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.updateMallSettings>,
  ): Out<typeof consoleRoutes.updateMallSettings> {
    return this.desk.update(actor as Desk, input.body as MallSettingsChange & { version: number });
  }

  @Contract(consoleRoutes.areaOverlaps)
  overlaps(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.areaOverlaps>,
  ): Out<typeof consoleRoutes.areaOverlaps> {
    return this.desk.overlaps(actor as Desk, input.query.city);
  }

  @Contract(consoleRoutes.storeEntries)
  entries(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.storeEntries>,
  ): Out<typeof consoleRoutes.storeEntries> {
    return this.desk.entries(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.entrySummary)
  entrySummary(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.entrySummary>,
  ): Out<typeof consoleRoutes.entrySummary> {
    return this.desk.entrySummary(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.storeArea)
  area(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.storeArea>): Out<typeof consoleRoutes.storeArea> {
    return this.service.area(actor as Desk, input.params.id as StoreId);
  }

  @Contract(consoleRoutes.updateStoreArea)
  changeArea(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.updateStoreArea>,
  ): Out<typeof consoleRoutes.updateStoreArea> {
    return this.service.changeArea(actor as Desk, input.params.id as StoreId, input.body);
  }

  @Contract(consoleRoutes.storeService)
  storeService(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.storeService>,
  ): Out<typeof consoleRoutes.storeService> {
    return this.service.service(actor as Desk, input.params.id as StoreId);
  }

  @Contract(consoleRoutes.updateStoreService)
  changeService(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.updateStoreService>,
  ): Out<typeof consoleRoutes.updateStoreService> {
    return this.service.changeService(actor as Desk, input.params.id as StoreId, input.body);
  }
}
