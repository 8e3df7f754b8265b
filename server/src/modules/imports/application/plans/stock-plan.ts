import { Inject, Injectable } from '@nestjs/common';
import type { Id, MemberId, StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../../platform/database/database.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { OfflineSales } from '../../../connectors/index.js';
import { Inventory } from '../../../inventory/index.js';
import { Organization } from '../../../organization/index.js';
import { readCount } from '../../domain/cells.js';
import { type Effect, type Judged, type MappedRow, problemOf } from '../../domain/import-types.js';
import { StockLevelStore } from '../../persistence/stock-level.store.js';
import { field, type ImportPlan, type Work } from '../import-plan.js';

interface StockRow {
  storeId: StoreId;
  skuId: Id<'sku'>;
  onHand: number;
  before: number | null;
}

/** Counted stock of stores; each change leaves a movement with the file's name as its reason. */
@Injectable()
export class StockPlan implements ImportPlan {
  readonly kind = 'STOCK' as const;
  readonly name = '库存';
  readonly rowsPerBatch = 250;
  readonly looksBack = true;
  readonly undoOrder = ['STOCK'];
  readonly fields = [
    field('storeCode', '门店编码', ['门店', '店铺编码', '门店代码', 'store', 'store code'], { isRequired: true }),
    field('skuCode', '货号', ['商品编码', '条码', '商品条码', 'sku', 'sku code', 'barcode', 'stock code'], {
      isRequired: true,
    }),
    field('qty', '库存数量', ['数量', '库存', '实盘数', '盘点数', 'qty', 'quantity', 'on hand', 'stock'], {
      isRequired: true,
    }),
  ];
  private readonly rows = new StockLevelStore();

  constructor(
    @Inject(OfflineSales) private readonly sales: OfflineSales,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Inventory) private readonly inventory: Inventory,
  ) {}

  async judge(work: Work, on: Queryable, rows: readonly MappedRow[]): Promise<Judged<StockRow>[]> {
    const { brandId } = work;
    const stores = new Map((await this.organization.stores(brandId)).map((store) => [store.code, store.id]));
    const skus = await this.sales.skusByCode(on, brandId, [...new Set(rows.map((row) => row.of('skuCode')))]);
    const skuIds = [...skus.values()].map((one) => one.skuId);
    const levels = await this.rows.levels(on, brandId, [...stores.values()], skuIds);
    return rows.map((row) => {
      const storeId = stores.get(row.of('storeCode'));
      const sku = skus.get(row.of('skuCode'));
      const qty = readCount(row.of('qty'));
      if (!storeId) return problemOf<StockRow>(row, `没有编码为「${row.of('storeCode').slice(0, 20)}」的门店`);
      if (!sku) return problemOf<StockRow>(row, `没有货号「${row.of('skuCode').slice(0, 40)}」，先导入商品`);
      if (qty === null || qty < 0 || qty > 1_000_000) return problemOf<StockRow>(row, '数量不是 0 到 100 万之间的整数');
      const key = `${storeId} ${sku.skuId}`;
      const level = levels.get(key);
      const draft = { storeId, skuId: sku.skuId, onHand: qty, before: level?.onHand ?? null };
      const twin = work.seen.get(key);
      if (twin !== undefined && twin !== String(qty))
        return { row, draft, verdict: 'CONFLICT' as const, problem: '同一家店同一货号出现两次，数量不同' };
      if (twin !== undefined) return { row, draft, verdict: 'REPEATED' as const, problem: '文件里重复的一行' };
      work.seen.set(key, String(qty));
      if (level && qty < level.reserved)
        return { row, draft, verdict: 'CONFLICT' as const, problem: `有 ${level.reserved} 件已被订单占用，不能少于它` };
      if (!level) return { row, draft, verdict: 'NEW' as const, problem: '' };
      if (level.onHand === qty) return { row, draft, verdict: 'REPEATED' as const, problem: '数量没有变化' };
      return { row, draft, verdict: 'UPDATE' as const, problem: `${level.onHand} → ${qty}` };
    });
  }

  async write(work: Work, tx: Tx, judged: readonly Judged[]): Promise<Effect[]> {
    const effects: Effect[] = [];
    const reason = `导入：${work.job.fileName}`.slice(0, 60);
    const ordered = judged
      .map((one) => ({ row: one.row.row, draft: one.draft as StockRow }))
      .sort((a, b) => keyOf(a.draft).localeCompare(keyOf(b.draft)));
    for (const { row, draft } of ordered) {
      const { storeId, skuId, onHand, before } = draft;
      await this.inventory.count(tx, { brandId: work.brandId, storeId, skuId, onHand, reason });
      const was = { storeId, skuId, was: before ?? 0, set: onHand };
      effects.push({ kind: 'STOCK', subjectId: String(row), row, ownerId: null as MemberId | null, before: was });
    }
    return effects;
  }

  async undo(
    work: Work,
    tx: Tx,
    _kind: string,
    effects: readonly Effect[],
  ): Promise<{ row: number; reason: string }[]> {
    const own = effects.map((one) => ({
      row: one.row,
      ...(one.before as { storeId: StoreId; skuId: Id<'sku'>; was: number; set: number }),
    }));
    const levels = await this.rows.levels(
      tx,
      work.brandId,
      [...new Set(own.map((one) => one.storeId))],
      [...new Set(own.map((one) => one.skuId))],
    );
    const kept: { row: number; reason: string }[] = [];
    for (const { row, storeId, skuId, was, set } of own) {
      const level = levels.get(`${storeId} ${skuId}`);
      if (level?.onHand !== set || was < level.reserved)
        kept.push({ row, reason: `导入后库存又变过，现在是 ${level?.onHand ?? 0} 件，保留` });
      else
        await this.inventory.count(tx, {
          brandId: work.brandId,
          storeId,
          skuId,
          onHand: was,
          reason: `撤销导入：${work.job.fileName}`.slice(0, 60),
        });
    }
    return kept;
  }
}

const keyOf = (one: StockRow): string => `${one.storeId} ${one.skuId}`;
