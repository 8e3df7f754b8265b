import { Controller, Get, Header, Headers, HttpCode, Inject, Module, Res } from '@nestjs/common';
import { Database } from './platform/database/database.js';
import { refuse } from './platform/errors/app-error.js';
import { WorkQueue } from './platform/jobs/queue.js';
import { registry } from './platform/observability/metrics.js';

/** Liveness, readiness and metrics. They are for machines: no contract, no session. */
@Controller()
class OpsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkQueue) private readonly queue: WorkQueue,
  ) {}

  @Get('healthz')
  health(): { status: string } {
    return { status: 'up' };
  }

  /** Ready needs the database; without Redis the shop goes on selling, so it is named and not fatal. */
  @Get('readyz')
  @HttpCode(200)
  async ready(
    @Res({ passthrough: true }) reply: { status(code: number): void },
  ): Promise<{ status: string; database: boolean; redis: boolean }> {
    const database = await this.database.query('SELECT 1').then(
      () => true,
      () => false,
    );
    const redis = await this.queue.isReady();
    if (!database) reply.status(503);
    return { status: database ? 'ready' : 'not ready', database, redis };
  }

  /** For whoever asks this process itself; what came in through the public door has a proxy's mark and finds nothing. */
  @Get('metrics')
  @Header('content-type', registry.contentType)
  metrics(@Headers('x-forwarded-for') forwarded?: string): Promise<string> {
    if (forwarded !== undefined) throw refuse('NOT_FOUND');
    return registry.metrics();
  }
}

@Module({ controllers: [OpsController] })
export class OpsModule {}
