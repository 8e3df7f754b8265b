import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { pictureFacts } from '../domain/picture.js';
import { refuseCatalog } from './catalog-errors.js';

const SIDE_MAX = 4096;
const SIDE_MIN = 16;
const FOLDER = 'uploads';

/** Keeps an uploaded picture under the name of its content, so that the same picture is stored once and never changes. */
@Injectable()
export class StorePicture {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws AppError PICTURE for anything whose bytes are no picture of a fit size */
  async run(base64: string): Promise<{ url: string; width: number; height: number }> {
    const bytes = Buffer.from(base64, 'base64');
    const facts = pictureFacts(bytes);
    if (!facts) throw refuseCatalog('PICTURE');
    const { extension, width, height } = facts;
    if (Math.min(width, height) < SIDE_MIN || Math.max(width, height) > SIDE_MAX)
      throw refuseCatalog('PICTURE', { width, height });
    const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}.${extension}`;
    const folder = join(this.config.FILES_DIR, FOLDER);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), bytes);
    return { url: `/files/${FOLDER}/${name}`, width, height };
  }
}
