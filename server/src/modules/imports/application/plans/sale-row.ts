import { type HistoryLine, readHistoryRow } from '../../../connectors/index.js';
import type { OldMember } from '../../../members/index.js';
import { readCount, readLocalTime, readMoney } from '../../domain/cells.js';
import type { MappedRow, Options } from '../../domain/import-types.js';
import { field } from '../import-plan.js';
import { CARD, PHONE, readPerson } from './old-member.js';

/** One line of a sale of the past: what was sold, to whom, where and by whom. */
export interface SaleRow {
  line: HistoryLine;
  person: OldMember | null;
  storeCode: string;
  guideUserid: string;
}

const SALE_WORDS = new Set(['sale', '销售', '零售', '正常', '消费', '销售单', 'sales', 'order']);
const RETURN_WORDS = new Set(['return', '退货', '退款', '退单', '退货单', 'refund']);

/** What a file of past sales has in its columns, and what others call it. */
export const SALE_FIELDS = [
  field('orderNo', '单号', ['订单号', '小票号', '单据号', '流水号', 'invoice', 'invoice no', 'order no', 'receipt'], {
    isRequired: true,
  }),
  field(
    'soldAt',
    '成交时间',
    ['时间', '销售时间', '下单时间', '日期', '销售日期', 'invoice at', 'invoice date', 'sold at', 'date'],
    {
      isRequired: true,
      hint: '如 2011-12-08 09:30:00，按北京时间',
    },
  ),
  field('skuCode', '货号', ['商品编码', '条码', '商品条码', 'sku', 'sku code', 'stock code', 'barcode'], {
    isRequired: true,
  }),
  field('qty', '数量', ['件数', 'qty', 'quantity'], { isRequired: true, hint: '退货写成负数，或另有一列说明是退货' }),
  field('unitPrice', '单价', ['成交单价', '售价', '价格', 'unit price', 'unit price pence', 'price'], {
    isRequired: true,
  }),
  field('name', '商品名称', ['品名', '名称', 'description', 'product name']),
  field('kind', '销售还是退货', ['类型', '单据类型', 'kind', 'type']),
  CARD,
  PHONE,
  field('storeCode', '门店编码', ['门店', '店铺编码', '门店代码', 'store', 'store code'], {
    hint: '不选就按会员均匀分到各店',
  }),
  field('guideUserid', '导购企业微信账号', ['导购', '导购账号', 'guide', 'guide userid']),
];

/** Whom a sale names: empty for nobody. */
export const keyOf = ({ person }: SaleRow): string =>
  person === null ? '' : [...person.identifiers.map((one) => one.value), person.phone ?? ''].join(' ');

/** The sale of a row, or what is wrong with it. */
export function readSale(row: MappedRow, options: Options): SaleRow | { problem: string } {
  const word = row.of('kind').toLowerCase();
  const qty = readCount(row.of('qty'));
  const price = readMoney(row.of('unitPrice'), options.moneyUnit);
  const time = readLocalTime(row.of('soldAt'));
  const isReturn = RETURN_WORDS.has(word) || (word === '' && qty !== null && qty < 0);
  const kind = isReturn ? 'cancel' : word === '' || SALE_WORDS.has(word) ? 'sale' : word;
  const quantity = qty !== null && RETURN_WORDS.has(word) ? -Math.abs(qty) : qty;
  const card = row.of('cardNo');
  const line = readHistoryRow(
    {
      invoice_no: row.of('orderNo'),
      kind,
      stock_code: row.of('skuCode'),
      description: row.of('name'),
      quantity: quantity === null ? row.of('qty') : String(quantity),
      invoice_at: time ?? row.of('soldAt'),
      unit_price_pence: price === null ? 'x' : String(price),
      customer_id: card === '' ? row.of('phone').replace(/\D/g, '') : card,
    },
    options.shiftDays,
  );
  if ('problem' in line) return line;
  const isNamed = card !== '' || row.of('phone') !== '';
  const person = isNamed
    ? readPerson({ ...row, of: (name) => (name === 'name' ? '' : row.of(name)) }, options.cardPrefix)
    : null;
  if (person !== null && 'problem' in person) return person;
  return { line, person, storeCode: row.of('storeCode'), guideUserid: row.of('guideUserid') };
}
