import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, type Id, type StoreId, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { estimateGuide, type SplitInput } from '@shuke/shared/rules';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { Organization } from '../../organization/index.js';
import { SplitStore } from '../persistence/split.store.js';
import { type RuleBook, SplitRules } from './rules.js';

const RULES_LIFE_MS = 5_000;

/** What other modules may ask of settlement. */
@Injectable()
export class Settlement {
  private readonly splits = new SplitStore();
  private readonly books = new Map<BrandId, { book: RuleBook; readAt: number }>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SplitRules) private readonly rules: SplitRules,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * What a guide may earn from some goods in a store by the rule in force now; a floor, so that no more is promised.
   * @param lines what would be paid for each line, in fen
   */
  async estimate(
    brandId: BrandId,
    storeId: StoreId,
    lines: readonly { categoryId: string; payableFen: Fen }[],
  ): Promise<{ guideFen: Fen }> {
    const store = await this.organization.store(brandId, storeId);
    const rule = (await this.book(brandId)).at(this.clock.date());
    const paidFen = sumFen(lines.map((line) => line.payableFen));
    if (!store || paidFen === 0) return { guideFen: ZERO_FEN };
    const nobody = { party: 'BRAND' as const, partyId: '0', partyName: '' };
    const input: SplitInput = {
      paidFen,
      freightFen: ZERO_FEN,
      feeBp: 0,
      storeKind: store.kind === 'FRANCHISE' ? 'FRANCHISE' : 'SELF',
      collectMode: store.collectMode,
      owner: nobody,
      brand: nobody,
      guide: { party: 'GUIDE', partyId: '0', partyName: '' },
      lines: lines.map((line, index) => ({
        lineId: String(index),
        categoryId: line.categoryId,
        name: '',
        qty: 1,
        payableFen: line.payableFen,
      })),
    };
    return { guideFen: estimateGuide(rule, input) };
  }

  /** Whether the money of an order is divided and nothing of it frozen any more: what goes back then is owed back. */
  async isSplitOver(on: Queryable, brandId: BrandId, orderId: Id): Promise<boolean> {
    return (await this.splits.ofOrder(on, brandId, orderId))?.step === 'DONE';
  }

  private async book(brandId: BrandId): Promise<RuleBook> {
    const known = this.books.get(brandId);
    if (known && Math.abs(this.clock.now() - known.readAt) < RULES_LIFE_MS) return known.book;
    const book = await this.rules.book(this.database, brandId);
    this.books.set(brandId, { book, readAt: this.clock.now() });
    return book;
  }
}
