import { Inject, Injectable } from '@nestjs/common';
import type { Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../../platform/database/database.js';
import { folded } from '../../../../platform/database/folded.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../../platform/ids/id-source.js';
import {
  BulkProducts,
  type CategoryId,
  createProducts,
  isSameValues,
  type ProductId,
  type ProductValues,
} from '../../../catalog/index.js';
import { type Effect, type Judged, type MappedRow, problemOf } from '../../domain/import-types.js';
import { field, type ImportPlan, type Work } from '../import-plan.js';
import { changeText, type ProductRow, readProduct } from './product-row.js';

/** Goods with a row for each SKU. New ones come without pictures and on no shelf; a store lists them when they are ready. */
@Injectable()
export class ProductsPlan implements ImportPlan {
  readonly kind = 'PRODUCTS' as const;
  readonly name = '商品';
  readonly rowsPerBatch = 500;
  readonly looksBack = true;
  readonly undoOrder = ['SKU', 'PRODUCT', 'CHANGE'];
  readonly fields = [
    field('code', '款号', ['商品编码', '商品货号', '款式编号', 'spu', 'product code', 'style'], { isRequired: true }),
    field('name', '商品名称', ['品名', '名称', 'name', 'product name', 'title'], { isRequired: true }),
    field('listPrice', '吊牌价', ['标价', '零售价', '单价', '价格', 'list price', 'price'], { isRequired: true }),
    field('skuCode', '货号', ['sku 编码', '条码', '商品条码', 'sku', 'sku code', 'barcode'], { isRequired: true }),
    field('colour', '颜色', ['颜色名称', 'colour', 'color']),
    field('size', '尺码', ['尺寸', '规格', 'size']),
    field('category', '分类', ['品类', '商品分类', '类目', 'category'], { hint: '填已有的分类名' }),
    field('floor', '最低售价', ['门店最低价', '底价', 'floor'], { hint: '不选：新商品是吊牌价的七折，已有的不变' }),
    field('ceiling', '最高售价', ['门店最高价', '最高价', 'ceiling'], { hint: '不选：新商品是吊牌价，已有的不变' }),
  ];

  constructor(
    @Inject(BulkProducts) private readonly products: BulkProducts,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  async judge(work: Work, on: Queryable, rows: readonly MappedRow[]): Promise<Judged<ProductRow>[]> {
    const { brandId, options } = work;
    const [known, skus, categories] = await Promise.all([
      this.products.byCodes(on, brandId, [...new Set(rows.map((row) => row.of('code')))]),
      this.products.skus(on, brandId, [...new Set(rows.map((row) => row.of('skuCode')))]),
      this.products.categories(on, brandId),
    ]);
    return rows.map((row) => {
      const product = known.get(row.of('code')) ?? null;
      const read = readProduct(row, options, product);
      if ('problem' in read) return problemOf<ProductRow>(row, read.problem);
      const sku = skus.get(read.skuCode);
      const name = row.of('category');
      const categoryId = categories.get(name) ?? null;
      const draft: ProductRow = { ...read, categoryId, known: product, hasSku: sku !== undefined };
      if (product === null && categoryId === null)
        return problemOf<ProductRow>(
          row,
          name === '' ? '新商品要有分类' : `没有「${name.slice(0, 20)}」这个分类，先在商品里建好`,
        );
      const judged = (verdict: Judged['verdict'], problem = ''): Judged<ProductRow> => ({
        row,
        draft,
        verdict,
        problem,
      });
      if (sku && folded(sku.productCode) !== folded(read.code))
        return judged('CONFLICT', `货号已经属于款号 ${sku.productCode}`);
      const values = `${read.name}|${read.listPriceFen}|${read.floorFen}|${read.ceilingFen}`;
      const [productKey, skuKey] = [`p ${folded(read.code)}`, `s ${folded(read.skuCode)}`];
      const twin = work.seen.get(productKey);
      if (twin !== undefined && twin !== values) return judged('CONFLICT', '同一款号的几行，名称或价格不一样');
      if (work.seen.has(skuKey)) return judged('REPEATED', '文件里重复的货号');
      work.seen.set(productKey, values);
      work.seen.set(skuKey, '');
      if (product === null) return judged('NEW');
      const isSame = isSameValues(product, read);
      if (!sku)
        return judged('NEW', isSame ? '给已有的商品加一个规格' : '给已有的商品加一个规格，名称和价格仍按系统里的');
      if (isSame) return judged('REPEATED', '商品已经有了，没有变化');
      // A product changes once, by the first of its rows, however the rows fall into batches.
      if (work.seen.has(`u ${folded(read.code)}`)) return judged('REPEATED', '同一款，前面的行已经改了');
      work.seen.set(`u ${folded(read.code)}`, '');
      return judged('UPDATE', changeText(product, read));
    });
  }

  async write(work: Work, tx: Tx, judged: readonly Judged[]): Promise<Effect[]> {
    const { brandId, job } = work;
    const effects: Effect[] = [];
    const drafts = judged.map((one) => ({ row: one.row.row, draft: one.draft as ProductRow }));
    const fresh = new Map<
      string,
      { row: number; id: ProductId; rows: { row: number; draft: ProductRow; skuId: Id<'sku'> }[] }
    >();
    const more: Parameters<BulkProducts['addSkus']>[2][number][] = [];
    const changes = new Map<ProductId, { row: number; draft: ProductRow }>();
    for (const { row, draft } of drafts) {
      const skuId = this.ids.next<'sku'>();
      if (draft.known === null) {
        const found = fresh.get(folded(draft.code)) ?? { row, id: this.ids.next<'product'>(), rows: [] };
        found.rows.push({ row, draft, skuId });
        fresh.set(folded(draft.code), found);
      } else if (!draft.hasSku) {
        more.push({
          id: skuId,
          productId: draft.known.id,
          code: draft.skuCode,
          colour: draft.colour,
          size: draft.size,
          listPriceFen: draft.known.listPriceFen,
        });
        effects.push({ kind: 'SKU', subjectId: skuId, row, ownerId: null, before: null });
      } else changes.set(draft.known.id, { row, draft });
    }
    await createProducts(
      tx,
      [...fresh.values()].map(({ id, rows }) => draftOf(brandId, id, rows, tx.now)),
    );
    for (const { id, row, rows } of fresh.values()) {
      effects.push({ kind: 'PRODUCT', subjectId: id, row, ownerId: null, before: null });
      for (const one of rows)
        effects.push({ kind: 'SKU', subjectId: one.skuId, row: one.row, ownerId: null, before: null });
    }
    await this.products.addSkus(tx, brandId, more);
    for (const [id, { row, draft }] of changes) {
      const { name, listPriceFen, floorFen, ceilingFen } = draft;
      const values = { name, listPriceFen, floorFen, ceilingFen };
      const before = await this.products.change(tx, brandId, id, values, job.createdBy);
      if (before)
        effects.push({ kind: 'CHANGE', subjectId: id, row, ownerId: null, before: { was: before, set: values } });
    }
    return effects;
  }

  async undo(work: Work, tx: Tx, kind: string, effects: readonly Effect[]): Promise<{ row: number; reason: string }[]> {
    const { brandId, job } = work;
    if (kind !== 'CHANGE') {
      const stay = await this.products.remove(
        tx,
        brandId,
        kind === 'SKU' ? 'SKU' : 'PRODUCT',
        effects.map((one) => one.subjectId),
      );
      return effects
        .filter((one) => stay.has(one.subjectId))
        .map((one) => ({ row: one.row, reason: '这件商品已上架、有库存或卖过，保留' }));
    }
    const kept: { row: number; reason: string }[] = [];
    for (const one of effects) {
      const change = one.before as unknown as { was: ProductValues; set: ProductValues };
      if (!(await this.products.changeBack(tx, brandId, one.subjectId as ProductId, change, job.createdBy)))
        kept.push({ row: one.row, reason: '导入后又改过名称或价格，保留' });
    }
    return kept;
  }
}

function draftOf(
  brandId: Work['brandId'],
  id: ProductId,
  rows: readonly { draft: ProductRow; skuId: Id<'sku'> }[],
  now: Date,
): Parameters<typeof createProducts>[1][number] {
  const first = rows[0]?.draft as ProductRow;
  const { code, name, listPriceFen, floorFen, ceilingFen } = first;
  const colours = [...new Set(rows.map((one) => one.draft.colour))].map((colour) => ({
    name: colour,
    hex: '#d9d9d9',
    imageUrl: '',
  }));
  return {
    brandId,
    id,
    code,
    name,
    listPriceFen,
    floorFen,
    ceilingFen,
    colours,
    categoryId: first.categoryId as CategoryId,
    subtitle: '',
    description: '',
    imageUrl: '',
    badge: null,
    content: { images: [], sellingPoints: [], attributes: [], care: '', sizeTable: [] },
    rankScore: 0,
    onSaleAt: now,
    skus: rows.map(({ draft, skuId }) => ({
      id: skuId,
      code: draft.skuCode,
      colour: draft.colour,
      size: draft.size,
      imageUrl: '',
    })),
  };
}
