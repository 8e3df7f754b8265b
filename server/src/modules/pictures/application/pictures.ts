import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { PictureView } from '@shuke/shared/contracts';
import { type BrandId, DAY_MS } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refusals, refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { log } from '../../../platform/observability/log.js';
import { CONFIG, Wake } from '../../../platform/platform.module.js';
import { pictureKind } from '../domain/picture-kind.js';
import { type Picture, PictureStore } from '../persistence/picture.store.js';

export const refusePicture = refusals({
  PICTURE_KIND: [400, '请选择 JPEG、PNG 或 WebP 图片'],
  PICTURE_TOO_LARGE: [413, '图片太大了，请压缩到 1.4MB 以内'],
  PICTURE_TOO_MANY: [429, '今天上传的图片太多了，明天再试'],
} as const);

/** What a request can carry in base64. */
const BYTES_MAX = 1_400_000;
const PER_DAY = 100;

/** Keeps pictures of consumers and hands out their addresses. */
@Injectable()
export class Pictures {
  readonly rows = new PictureStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FILES_DIR'>,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /**
   * Keeps a picture. What it claims to be is not believed: its first bytes decide.
   * @throws AppError PICTURE_KIND, PICTURE_TOO_LARGE, PICTURE_TOO_MANY
   */
  async keep(actor: Consumer, purpose: Picture['purpose'], dataBase64: string): Promise<PictureView> {
    const bytes = Buffer.from(dataBase64, 'base64');
    if (bytes.length > BYTES_MAX) throw refusePicture('PICTURE_TOO_LARGE');
    const kind = pictureKind(bytes);
    if (!kind) throw refusePicture('PICTURE_KIND');
    await this.requireRoom(this.database, actor, this.clock.date());
    const folder = join(this.config.FILES_DIR, 'consumer', actor.brandId);
    const name = `${randomBytes(16).toString('hex')}.${kind}`;
    const id = this.ids.next<'picture'>();
    // Proof of a case is seen by the merchant only; everything else by everybody.
    const isShown = purpose !== 'AFTER_SALE';
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), bytes);
    const url = `/files/consumer/${actor.brandId}/${name}`;
    try {
      await this.unitOfWork.run('keep picture', async (tx) => {
        // Uploads at the same moment have all passed the first look.
        await this.requireRoom(tx, actor, tx.now);
        if (purpose === 'AVATAR') await this.dropUndecided(tx, actor);
        await this.rows.insert(tx, {
          brandId: actor.brandId,
          id,
          memberId: actor.memberId,
          openid: actor.openid,
          purpose,
          url,
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          check: isShown ? 'WAITING' : 'NONE',
          tries: 0,
          createdAt: tx.now,
        });
      });
    } catch (error) {
      // A file that no row knows would lie in the folder for ever.
      await rm(join(folder, name), { force: true });
      throw error;
    }
    if (isShown) this.wake.sweep('pictures.checks');
    return { id, url, check: isShown ? 'WAITING' : 'PASSED' };
  }

  /** The consumer's newest picture of themself; it waits for as long as neither the platform nor a person has decided. */
  async newestAvatar({ brandId, memberId }: Consumer): Promise<PictureView | null> {
    const [one] = await this.rows.ofMember(this.database, brandId, memberId, 'AVATAR');
    if (!one) return null;
    const check = one.check === 'PASSED' || one.check === 'REFUSED' ? one.check : 'WAITING';
    return { id: one.id, url: one.url, check };
  }

  /**
   * A newer picture takes the place of those that are not worn yet, whatever their check will say. Those of the last day
   * stay until they no longer count: a limit that forgets is none, and the platform is asked about every picture. What a
   * person has refused stays, too, with the reason.
   */
  private async dropUndecided(tx: Tx, { brandId, memberId }: Consumer): Promise<void> {
    const earlier = await this.rows.ofMember(tx, brandId, memberId, 'AVATAR');
    const unworn = earlier.filter(({ check }) => check !== 'PASSED');
    const dayAgo = new Date(tx.now.getTime() - DAY_MS);
    const ids = (pictures: readonly Picture[]) => pictures.map(({ id }) => id);
    await this.rows.drop(tx, brandId, ids(unworn));
    await this.forget(
      tx,
      brandId,
      ids(unworn.filter(({ createdAt, decision }) => createdAt < dayAgo && decision === null)),
    );
  }

  private async requireRoom(on: Queryable, { brandId, memberId }: Consumer, now: Date): Promise<void> {
    const since = new Date(now.getTime() - DAY_MS);
    if ((await this.rows.countSince(on, brandId, memberId, since)) >= PER_DAY) throw refusePicture('PICTURE_TOO_MANY');
  }

  /** Pictures go with what they were sent for: their rows in the transaction, the files when it has committed. */
  async forget(tx: Tx, brandId: BrandId, ids: readonly string[]): Promise<void> {
    const gone = await this.rows.many(tx, brandId, ids);
    await this.rows.delete(
      tx,
      brandId,
      gone.map((one) => one.id),
    );
    tx.afterCommit(() => {
      for (const { url } of gone)
        rm(join(this.config.FILES_DIR, url.replace(/^\/files\//, '')), { force: true }).catch((error: Error) =>
          log.warn({ url, problem: error.message }, 'a picture’s file stays behind'),
        );
    });
  }

  /** The actor's own pictures of a purpose, in the order of the ids. @throws AppError VALIDATION for a foreign one */
  async own(on: Queryable, actor: Consumer, purpose: Picture['purpose'], ids: readonly string[]): Promise<Picture[]> {
    const found = new Map((await this.rows.many(on, actor.brandId, ids)).map((one) => [one.id as string, one]));
    return ids.map((id) => {
      const one = found.get(id);
      if (!one || one.memberId !== actor.memberId || one.purpose !== purpose)
        throw refuse('VALIDATION', { where: 'body', field: 'pictureIds', problem: 'not a picture of yours' });
      return one;
    });
  }

  async urls(on: Queryable, actor: Consumer, purpose: Picture['purpose'], ids: readonly string[]): Promise<string[]> {
    return (await this.own(on, actor, purpose, ids)).map((one) => one.url);
  }
}
