import { Inject, Injectable } from '@nestjs/common';
import type { NoticeKind } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { type NoticeTemplate, TemplateStore } from '../persistence/template.store.js';

const FRESH_MS = 2000;
export type Templates = ReadonlyMap<NoticeKind, NoticeTemplate>;

/**
 * A brand's templates, kept in memory for a moment: most events of most brands concern nobody's message, and must not cost a
 * statement to find that out.
 */
@Injectable()
export class NoticeBook {
  readonly rows = new TemplateStore();
  private readonly kept = new Map<BrandId, { templates: Templates; until: number }>();

  constructor(@Inject(Database) private readonly database: Database) {}

  async of(brandId: BrandId, on: Queryable = this.database): Promise<Templates> {
    const kept = this.kept.get(brandId);
    if (kept && performance.now() < kept.until) return kept.templates;
    const all = await this.rows.all(on, brandId);
    const templates = new Map(all.map((one) => [one.kind, one]));
    this.kept.set(brandId, { templates, until: performance.now() + FRESH_MS });
    return templates;
  }

  /** The template with which a kind can be sent now; null where it is off, paused or was never chosen. */
  async live(brandId: BrandId, kind: NoticeKind, on?: Queryable): Promise<NoticeTemplate | null> {
    const found = (await this.of(brandId, on)).get(kind);
    return found?.isOn && !found.isPaused ? found : null;
  }

  /** Has the next question read again; to be called after the commit of a change. */
  forget(brandId: BrandId): void {
    this.kept.delete(brandId);
  }
}
