import { Controller, Get, Header, HttpCode, Inject, Post, Query, type RawBodyRequest, Req } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { PushQuery, WechatMiniappGateway } from '../../../gateways/wechat-miniapp/index.js';
import { MiniappGateways } from '../../../gateways.module.js';
import type { Consumer } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { PictureChecks } from '../application/picture-checks.js';
import { Pictures } from '../application/pictures.js';

/** Uploads of consumers. */
@Controller()
export class MallPicturesController {
  constructor(@Inject(Pictures) private readonly pictures: Pictures) {}

  @Contract(mallRoutes.uploadPicture)
  upload(
    @Who() actor: Consumer,
    @Given() { body }: In<typeof mallRoutes.uploadPicture>,
  ): Out<typeof mallRoutes.uploadPicture> {
    return this.pictures.keep(actor, body.purpose, body.dataBase64);
  }

  @Contract(mallRoutes.myAvatar)
  async myAvatar(@Who() actor: Consumer): Out<typeof mallRoutes.myAvatar> {
    return { newest: await this.pictures.newestAvatar(actor) };
  }
}

interface RawRequest {
  rawBody?: Buffer;
}
type MiniappDoors = { all(): Pick<WechatMiniappGateway, 'push'>[] };

/** What the mini-program platform pushes; the message does not say whose it is before it is opened. */
@Controller('wechat/push')
export class MiniappPushController {
  constructor(
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoors,
    @Inject(PictureChecks) private readonly checks: PictureChecks,
  ) {}

  @Get()
  @Header('content-type', 'text/plain')
  prove(@Query() query: PushQuery): string {
    for (const gateway of this.miniapp.all()) {
      const proved = gateway.push.verifyUrl(query);
      if (proved.ok) return proved.reply;
    }
    throw refuse('FORBIDDEN');
  }

  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/plain')
  async take(@Query() query: PushQuery, @Req() request: RawBodyRequest<RawRequest>): Promise<string> {
    const raw = (request.rawBody ?? Buffer.alloc(0)).toString('utf8');
    for (const gateway of this.miniapp.all()) {
      const opened = gateway.push.open(query, raw);
      if (!opened.ok) continue;
      if (opened.event.kind === 'media-checked')
        await this.checks.verdict(opened.event.traceId, opened.event.suggest, opened.event.label);
      return 'success';
    }
    throw refuse('FORBIDDEN');
  }
}
