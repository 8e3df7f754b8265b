import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { Organization, type Store } from '../../organization/index.js';
import type { CouponTerms, HeldCoupon, TemplateId } from '../domain/types.js';
import type { CouponRow, Template } from '../persistence/rows.js';
import { type BrandSettingsOfCoupons, TemplateStore } from '../persistence/template.store.js';

export interface Book {
  /** Published templates in the order in which they are shown. */
  templates: ReadonlyMap<TemplateId, Template>;
  joined: ReadonlyMap<TemplateId, ReadonlySet<string>>;
  settings: BrandSettingsOfCoupons;
}

const FRESH_MS = 2000;

/**
 * A brand's published templates, kept in memory for a moment: what rarely changes costs no statement. Counters in it are
 * only for showing; limits are kept by the rows themselves.
 */
@Injectable()
export class TemplateBook {
  private readonly kept = new Map<BrandId, { book: Book; until: number }>();
  private readonly rows = new TemplateStore();

  constructor(@Inject(Organization) private readonly organization: Organization) {}

  async of(on: Queryable, brandId: BrandId): Promise<Book> {
    const kept = this.kept.get(brandId);
    if (kept && performance.now() < kept.until) return kept.book;
    const templates = await this.rows.all(on, brandId);
    const joins = await this.rows.joins(on, brandId);
    const settings = await this.rows.settings(on, brandId);
    const joined = new Map<TemplateId, Set<string>>();
    for (const row of joins) {
      const list = joined.get(row.template_id) ?? new Set<string>();
      joined.set(row.template_id, list.add(row.franchisee_id));
    }
    const book = { templates: new Map(templates.map((one) => [one.id, one])), joined, settings };
    this.kept.set(brandId, { book, until: performance.now() + FRESH_MS });
    return book;
  }

  /** Has the next question read again; to be called after the commit of a change to templates. */
  forget(brandId: BrandId): void {
    this.kept.delete(brandId);
  }

  /** The stores in which coupons of a template count; null: all of them. */
  async storesOf(book: Book, brandId: BrandId, id: TemplateId, terms: CouponTerms): Promise<Set<StoreId> | null> {
    if (terms.stores.mode === 'ALL' && terms.stores.franchise === 'ALL') return null;
    const stores = await this.organization.stores(brandId);
    const joined = book.joined.get(id);
    return new Set(stores.filter((store) => isStoreIn(terms, store, joined)).map((store) => store.id));
  }

  /** A held coupon as pricing and counters look at it. */
  async held(on: Queryable, row: CouponRow): Promise<HeldCoupon> {
    const book = await this.of(on, row.brandId);
    return {
      id: row.id,
      templateId: row.templateId,
      version: row.version,
      code: row.code,
      name: row.name,
      memberId: row.memberId as HeldCoupon['memberId'],
      state: row.state,
      terms: row.terms,
      storeIds: await this.storesOf(book, row.brandId, row.templateId, row.terms),
      validFrom: row.validFrom,
      validUntil: row.validUntil,
      displayOrder: row.displayOrder,
    };
  }
}

function isStoreIn({ stores }: CouponTerms, store: Store, joined: ReadonlySet<string> | undefined): boolean {
  if (store.kind === 'FRANCHISE') {
    if (stores.franchise === 'NONE' || stores.mode === 'SELF') return false;
    if (stores.franchise === 'OPT_IN' && !(store.franchiseeId && joined?.has(store.franchiseeId))) return false;
  }
  if (stores.mode === 'REGION') return stores.regionIds.includes(store.regionId);
  if (stores.mode === 'LIST') return stores.storeIds.includes(store.id);
  return true;
}
