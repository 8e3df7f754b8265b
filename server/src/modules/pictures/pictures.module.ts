import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/index.js';
import { PictureChecks } from './application/picture-checks.js';
import { Pictures } from './application/pictures.js';
import { MallPicturesController, MiniappPushController } from './http/pictures.controllers.js';

@Module({
  imports: [OrganizationModule],
  controllers: [MallPicturesController, MiniappPushController],
  providers: [Pictures, PictureChecks],
  exports: [Pictures],
})
export class PicturesModule {}
