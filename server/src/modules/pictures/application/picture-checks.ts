import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { MiniappError, type WechatMiniappGateway } from '../../../gateways/wechat-miniapp/index.js';
import { MiniappGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { Organization } from '../../organization/index.js';
import { type Picture, PictureStore } from '../persistence/picture.store.js';
import { tellChecked } from './tell-checked.js';

const RETRY_MS = 30_000;
const TRIES_MAX = 5;
/** The platform answers within half an hour; a little later a person looks. */
const VERDICT_MS = 35 * 60_000;
const BATCH = 50;

type MiniappDoor = { of(appid: string): Pick<WechatMiniappGateway, 'checkMedia'> };

/** Asks the platform about pictures and takes its verdicts. */
@Injectable()
export class PictureChecks implements OnModuleInit {
  private readonly setbacks = new Setbacks();
  private readonly rows = new PictureStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_ORIGIN'>,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'pictures.checks', everyMs: 5000, run: () => this.run() });
  }

  run(): Promise<number> {
    return eachDue(this.setbacks, this.clock.date(), {
      label: 'check a picture',
      batch: BATCH,
      due: (limit) => this.rows.due(this.database, this.clock.date(), limit),
      nameOf: ({ id }) => id,
      work: async (one) => {
        await (one.check === 'ASKED' ? this.giveUp(one) : this.ask(one));
        return true;
      },
    });
  }

  private async ask(one: Picture): Promise<void> {
    try {
      const { appid } = await this.organization.brand(one.brandId);
      const { traceId } = await this.miniapp.of(appid).checkMedia({
        openid: one.openid,
        scene: one.purpose === 'AVATAR' ? 'profile' : 'comment',
        mediaUrl: `${this.config.PUBLIC_ORIGIN}${one.url}`,
        kind: 'image',
      });
      await this.rows.asked(this.database, one, traceId, new Date(this.clock.now() + VERDICT_MS));
    } catch (error) {
      // A consumer who has left (61010) or a refusal does not pass by waiting: a person looks.
      const passes =
        !(error instanceof MiniappError) || ['RETRY', 'RATE', 'NETWORK', 'TOKEN', 'OTHER'].includes(error.kind);
      if (!passes || one.tries + 1 >= TRIES_MAX) await this.giveUp(one);
      else await this.rows.later(this.database, one, new Date(this.clock.now() + RETRY_MS));
    }
  }

  private async giveUp(one: Picture): Promise<void> {
    await this.unitOfWork.run('picture without verdict', async (tx) => {
      if (await this.rows.giveUp(tx, one)) tellChecked(tx, { ...one, check: 'MANUAL' });
    });
  }

  /** Takes a verdict as it was pushed; a repeated or unknown one changes nothing. */
  async verdict(traceId: string, suggest: string, label: number): Promise<void> {
    await this.unitOfWork.run('picture verdict', async (tx) => {
      const check = suggest === 'pass' ? 'PASSED' : suggest === 'risky' ? 'REFUSED' : 'MANUAL';
      const one = await this.rows.conclude(tx, traceId, check, Number.isFinite(label) ? label : 0);
      if (one) tellChecked(tx, one);
    });
  }
}
