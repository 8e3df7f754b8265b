import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { OrganizationModule } from '../organization/index.js';
import { registerPictureRows } from './application/member-rows.js';
import { PictureChecks } from './application/picture-checks.js';
import { PictureDesk } from './application/picture-desk.js';
import { Pictures } from './application/pictures.js';
import { MallPicturesController, MiniappPushController } from './http/pictures.controllers.js';

@Module({
  imports: [OrganizationModule],
  controllers: [MallPicturesController, MiniappPushController],
  providers: [Pictures, PictureChecks, PictureDesk],
  exports: [Pictures, PictureDesk],
})
export class PicturesModule implements OnModuleInit {
  constructor(@Inject(Pictures) private readonly pictures: Pictures) {}

  onModuleInit(): void {
    registerPictureRows(this.pictures);
  }
}
