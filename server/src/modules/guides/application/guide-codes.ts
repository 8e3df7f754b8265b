import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { WechatMiniappGateway } from '../../../gateways/wechat-miniapp/index.js';
import type { WecomGateway } from '../../../gateways/wecom/index.js';
import { MiniappGateways, WecomGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { log } from '../../../platform/observability/log.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { type Guide, Organization, writeScene } from '../../organization/index.js';
import { BindingsStore } from '../persistence/bindings.store.js';

/** Written before a guide's code in the state of a contact way, so that states of other origins are not taken for ours. */
export const CONTACT_STATE_PREFIX = 'g_';

/** The guide code in the state of an add event, or null when the state is not one of ours. */
export const guideCodeOfState = (state: string | null): string | null =>
  state?.startsWith(CONTACT_STATE_PREFIX) ? state.slice(CONTACT_STATE_PREFIX.length) : null;

type WecomDoor = { of(key: string): { contactWays: Pick<WecomGateway['contactWays'], 'add'> } };
type MiniappDoor = { of(appid: string): Pick<WechatMiniappGateway, 'codeUnlimited'> };

/** The two codes on a guide's card (product.md G1): WeCom's 联系我 and the mini-program code. */
@Injectable()
export class GuideCodes {
  private readonly setbacks = new Setbacks();
  private readonly rows = new BindingsStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FILES_DIR'>,
    @Inject(WecomGateways) private readonly wecom: WecomDoor,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Makes the guide's 联系我 code once and keeps its configuration, because a corporation has a limited number of them
   * and cannot list old ones (reference: wecom-miniapp 3.3).
   * @returns the address of the code's picture. @throws WecomError
   */
  async ensureContactWay(guide: Guide): Promise<string | null> {
    if (guide.configId) return guide.qrUrl;
    const { corpId } = await this.organization.brand(guide.brandId);
    const made = await this.wecom.of(corpId).contactWays.add({
      userIds: [guide.wecomUserid],
      scene: 'qrcode',
      state: `${CONTACT_STATE_PREFIX}${guide.code}`,
      remark: `专属导购 ${guide.name}`,
      skipVerify: true,
    });
    const way = { configId: made.configId, qrUrl: made.qrCode ?? '' };
    await this.unitOfWork.run('keep contact way', (tx) => this.rows.keepContactWay(tx, guide.brandId, guide.id, way));
    this.organization.forget(guide.brandId);
    return way.qrUrl;
  }

  /** Makes missing contact ways, some at a time; a guide whom the corporation refuses waits and holds no other up. */
  ensureAll(batch = 40): Promise<number> {
    return eachDue(this.setbacks, this.clock.date(), {
      label: 'make a contact way',
      batch,
      due: async (limit) => (await this.withoutContactWay()).slice(0, limit),
      nameOf: ({ id }) => id,
      work: async (guide) => {
        try {
          await this.ensureContactWay(guide);
          return true;
        } catch (error) {
          log.warn({ guide: guide.id, problem: (error as Error).message }, 'no contact way for a guide yet');
          return false;
        }
      },
    });
  }

  private async withoutContactWay(): Promise<Guide[]> {
    const missing: Guide[] = [];
    for (const brandId of await this.rows.brandsWithoutContactWays(this.database)) {
      const guides = await this.organization.guides(brandId).catch(() => []);
      missing.push(...guides.filter((guide) => guide.status === 'ACTIVE' && !guide.configId));
    }
    return missing;
  }

  /**
   * Stores the picture of the guide's mini-program code.
   * @returns its address below `/files`. @throws MiniappError
   */
  async guideCodePicture(guide: Guide): Promise<string> {
    const { appid } = await this.organization.brand(guide.brandId);
    const bytes = await this.miniapp.of(appid).codeUnlimited({
      scene: writeScene({ guideCode: guide.code }),
      page: 'pages/guide-card/index',
      // The platform checks pages against the published version only; a page that is new today would be refused.
      checkPath: false,
    });
    const name = `guide-${guide.id}.png`;
    await mkdir(join(this.config.FILES_DIR, 'codes'), { recursive: true });
    await writeFile(join(this.config.FILES_DIR, 'codes', name), bytes);
    return `/files/codes/${name}`;
  }
}
