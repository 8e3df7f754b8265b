import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Attachment, WELCOME_BUDGET_MS, type WelcomeOutcome } from '../../../gateways/wecom/index.js';
import { WecomGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { log } from '../../../platform/observability/log.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { type Brand, type Guide, Organization } from '../../organization/index.js';
import { type InboxEvent, InboxStore, type WelcomeState } from '../persistence/inbox.store.js';
import type { WecomDoor, WecomDoors } from './wecom-door.js';

/** Uploaded media live three days; they are renewed after two (reference: wecom-miniapp 4.4). */
const PICTURE_LIFE_MS = 2 * 86_400_000;
const LAST_TRY_MS = 2_000;
/** A greeting that was taken this long ago and has no outcome was lost with its worker; its code is over, too. */
const STUCK_MS = 60_000;
const PICTURES = new Set(['.png', '.jpg', '.jpeg']);

/** The greeting's words. Short, from a person, and about one thing only. */
export function welcomeText(brand: Pick<Brand, 'name'>, guide: Guide | null): string {
  if (!guide) return `你好，欢迎来到${brand.name}！想看新款、问尺码、查门店库存，随时跟我说。`;
  return `你好呀，我是${guide.storeName.startsWith(brand.name) ? '' : brand.name}${guide.storeName}的${guide.name}，以后就是你的专属导购啦。想看新款、问尺码、查门店有没有货，随时跟我说～`;
}

/**
 * Greets new contacts. A code lives 20 seconds and works once, so this lane does not wait for the contact to be read or
 * for anything else that is due (reference: wecom-miniapp 3.4, 10 row 8).
 */
@Injectable()
export class WelcomeLane {
  private readonly rows = new InboxStore();
  private readonly pictures = new Map<string, { mediaId: string; until: number }>();

  constructor(
    @Inject(WecomGateways) private readonly wecom: WecomDoors,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FILES_DIR'>,
  ) {}

  /** One sweep. @returns how many greetings came to an end */
  async run(): Promise<number> {
    const found = await Promise.all(this.wecom.all().map((door) => this.organization.brandByCorp(door.config.corpId)));
    const brandIds = found.flatMap((brand) => (brand ? [brand.id] : []));
    if (brandIds.length === 0) return 0;
    const stuckBefore = new Date(this.clock.now() - STUCK_MS);
    const due = await this.rows.dueWelcomes(this.database, brandIds, stuckBefore, 100);
    return (await Promise.all(due.map((entry) => this.greet(entry)))).filter(Boolean).length;
  }

  private async greet(entry: InboxEvent & { welcomeState: 'DUE' | 'SENDING' }): Promise<boolean> {
    const { event, brandId } = entry;
    if (!('welcomeCode' in event) || event.welcomeCode === null) return false;
    if (entry.welcomeState === 'SENDING') {
      await this.keep(entry, 'MISSED', await this.organization.guideByUserid(brandId, event.userId));
      return true;
    }
    const taken = await this.unitOfWork.run('take welcome', (tx) =>
      this.rows.moveWelcome(tx, entry.id, 'DUE', 'SENDING'),
    );
    if (!taken) return false;
    const brand = await this.organization.brand(brandId);
    const guide = await this.organization.guideByUserid(brandId, event.userId);
    const deadline = event.createdAtMs + WELCOME_BUDGET_MS;
    let outcome: WelcomeOutcome | 'DUE';
    try {
      const door = this.wecom.of(brand.corpId);
      outcome = await door.welcome.send({
        welcomeCode: event.welcomeCode,
        eventAtMs: event.createdAtMs,
        text: welcomeText(brand, guide),
        attachments: this.clock.now() < deadline ? await this.attachments(door, brand, guide) : [],
      });
    } catch (error) {
      log.warn({ event: entry.id, problem: (error as Error).message }, 'a welcome could not be sent');
      outcome = this.clock.now() < deadline - LAST_TRY_MS ? 'DUE' : 'MISSED';
    }
    if (outcome === 'MISSED') log.warn({ event: entry.id }, 'a welcome came too late');
    await this.keep(entry, outcome, guide);
    return outcome !== 'DUE';
  }

  private async keep(entry: InboxEvent, outcome: WelcomeState, guide: Guide | null): Promise<void> {
    const { event, brandId } = entry;
    await this.unitOfWork.run('keep welcome', async (tx) => {
      await this.rows.moveWelcome(tx, entry.id, 'SENDING', outcome);
      if (guide && 'externalUserId' in event)
        await this.rows.keepWelcome(tx, brandId, guide.id, event.externalUserId, outcome);
    });
  }

  /** A card of the mall's home page with the guide's code; without a picture the words go alone. */
  private async attachments(door: WecomDoor, brand: Brand, guide: Guide | null): Promise<Attachment[]> {
    const pictureMediaId = await this.picture(door, brand).catch((error: Error) => {
      log.warn({ problem: error.message }, 'the welcome goes without its card');
      return null;
    });
    if (pictureMediaId === null) return [];
    const query = guide ? `g=${guide.code}` : '';
    const title = guide ? `${brand.name} · ${guide.storeName}` : brand.name;
    return [{ kind: 'miniprogram', title, appid: brand.appid, path: 'pages/home/index', query, pictureMediaId }];
  }

  private async picture(door: WecomDoor, brand: Brand): Promise<string | null> {
    const kept = this.pictures.get(brand.id);
    if (kept && kept.until > this.clock.now()) return kept.mediaId;
    const url = [brand.settings.banners?.[0]?.imageUrl, brand.logoUrl].find(
      (one) => one?.startsWith('/files/') && PICTURES.has(extname(one)),
    );
    if (!url) return null;
    const path = normalize(url.slice('/files/'.length));
    if (path.startsWith('..')) return null;
    const { mediaId } = await door.media.upload(
      'image',
      `card${extname(path)}`,
      await readFile(join(this.config.FILES_DIR, path)),
    );
    this.pictures.set(brand.id, { mediaId, until: this.clock.now() + PICTURE_LIFE_MS });
    return mediaId;
  }
}
