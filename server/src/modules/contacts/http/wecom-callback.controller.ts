import { Controller, Get, Header, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { refuse } from '../../../platform/errors/app-error.js';
import { ReceiveCallback } from '../application/receive-callback.js';

interface CallbackRequest {
  rawBody?: Buffer;
}
type TextQuery = Record<string, string | undefined>;

/** Where WeCom pushes events. Its caller is proved by the signature, so there is no contract and no session. */
@Controller('wecom')
export class WecomCallbackController {
  constructor(@Inject(ReceiveCallback) private readonly receive: ReceiveCallback) {}

  @Get('callback')
  @Header('content-type', 'text/plain; charset=utf-8')
  verify(@Query() query: TextQuery): string {
    const reply = this.receive.verify(query);
    if (reply === null) throw refuse('FORBIDDEN');
    return reply;
  }

  /** "success" means kept; a failure of ours answers 500 and WeCom sends the event again. */
  @Post('callback')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  async push(@Query() query: TextQuery, @Req() request: CallbackRequest): Promise<string> {
    if (!(await this.receive.run(query, request.rawBody?.toString('utf8') ?? ''))) throw refuse('FORBIDDEN');
    return 'success';
  }
}
