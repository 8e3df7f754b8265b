import { Descriptions } from 'antd';
import { moneyText, percentText } from '../../../lib/money';
import { useCategories } from '../../../lib/stores';
import { exactText } from '../../../lib/time';
import type { PlayField, PlayView, PromotionDetail } from '../../../lib/types';
import { BEARER } from '../../../ui/bearers-input';
import { goodText, useNamedGoods } from '../../../ui/goods-pickers';
import { foldText } from '../../../ui/percent-input';
import { isAsked, scopeText, type Terms } from '../model';

type Column = PlayField['columns'][number];
type NameOf = (skuId: string) => string;

const NUMBERS: ReadonlySet<Column['type']> = new Set(['FEN', 'BP', 'COUNT']);
const alignOf = ({ type }: Column) => (NUMBERS.has(type) ? 'right num' : undefined);

function valueText(spec: Column, value: unknown, nameOf: NameOf): string {
  if (value === undefined || value === null) return '不限';
  switch (spec.type) {
    case 'FEN':
      return moneyText(Number(value));
    case 'BP':
      return `${foldText(Number(value))} 折`;
    case 'COUNT':
      return `${String(value)} ${spec.unit ?? ''}`.trim();
    case 'CHOICE':
      return spec.choices.find((one) => one.value === value)?.label ?? String(value);
    case 'BOOL':
      return value === true ? '是' : '否';
    case 'INSTANT':
      return exactText(String(value)).slice(0, 16);
    case 'SKU':
      return nameOf(String(value));
    case 'SKUS':
      return (value as string[]).map(nameOf).join('、');
    case 'ROWS':
      return '';
  }
}

function RowsTable({ field, rows, terms, nameOf }: { field: PlayField; rows: Terms[]; terms: Terms; nameOf: NameOf }) {
  const columns = field.columns.filter((column) => isAsked(column, terms));
  return (
    <table className="plain">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} className={alignOf(column)}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={JSON.stringify(row)}>
            {columns.map((column) => (
              <td key={column.name} className={alignOf(column)}>
                {valueText(column, row[column.name], nameOf)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const skuIdsOf = (play: PlayView, terms: Terms): string[] =>
  play.fields.flatMap((field) => {
    const value = terms[field.name];
    if (field.type === 'SKU') return [String(value)];
    if (field.type === 'SKUS') return (value as string[] | undefined) ?? [];
    if (field.type !== 'ROWS') return [];
    const names = field.columns.filter((column) => column.type === 'SKU').map((column) => column.name);
    return ((value as Terms[] | undefined) ?? []).flatMap((row) => names.map((name) => String(row[name] ?? '')));
  });

function stackingText({ stacking }: PromotionDetail): string {
  const others = stacking.mode === 'JOINT' ? `可以和别的活动叠加（${stacking.group} 组）` : '不和别的活动叠加';
  return `${others}；${stacking.allowsCoupons ? '能用券' : '不能用券'}，${stacking.allowsPoints ? '能用积分' : '不能用积分'}`;
}

const limitText = (one: PromotionDetail): string =>
  [
    one.memberLimit ? `每人 ${one.memberLimit} 次` : null,
    one.totalLimit ? `一共 ${one.totalLimit} 次` : null,
    one.budgetFen ? `总预算 ${moneyText(one.budgetFen)}` : null,
    one.dayBudgetFen ? `每天 ${moneyText(one.dayBudgetFen)}` : null,
    one.storeBudgetFen ? `每家店 ${moneyText(one.storeBudgetFen)}` : null,
  ]
    .filter(Boolean)
    .join('，') || '不限';

/** Everything that was decided about a promotion, in words. */
export function FactsPanel({ one, play }: { one: PromotionDetail; play: PlayView }) {
  const categories = useCategories();
  const goods = useNamedGoods(skuIdsOf(play, one.terms));
  const nameOf: NameOf = (id) => {
    const good = goods.data?.find((candidate) => candidate.skuId === id);
    return good ? goodText(good) : goods.isPending ? '…' : '已删除的规格';
  };
  const fields = play.fields.filter((field) => isAsked(field, one.terms));
  const rows = (field: PlayField) => (one.terms[field.name] as Terms[] | undefined) ?? [];
  const tables = fields.filter((field) => field.type === 'ROWS' && rows(field).length > 0);
  const items = [
    ...fields
      .filter((field) => field.type !== 'ROWS')
      .map((field) => ({
        key: field.name,
        label: field.label,
        children: valueText(field, one.terms[field.name], nameOf),
      })),
    ...(play.hasScope
      ? [
          {
            key: 'scope',
            label: '商品',
            children: scopeText(
              one.scope,
              (id) => categories.data?.find((category) => category.id === id)?.name ?? '已删除的品类',
            ),
          },
        ]
      : []),
    { key: 'stores', label: '门店', children: one.storeIds ? `${one.storeIds.length} 家` : '全部门店' },
    {
      key: 'bearers',
      label: '谁承担',
      children: one.bearers.map(({ party, bp }) => `${BEARER[party]} ${percentText(bp)}`).join('，'),
    },
    { key: 'stacking', label: '叠加', span: 'filled' as const, children: stackingText(one) },
    { key: 'limits', label: '次数和预算', span: 'filled' as const, children: limitText(one) },
    { key: 'by', label: '起草', children: `${one.createdBy} · ${exactText(one.createdAt).slice(0, 16)}` },
    {
      key: 'published',
      label: '发布',
      children: one.publishedAt ? exactText(one.publishedAt).slice(0, 16) : '还没有',
    },
  ];
  return (
    <div className="card">
      <div className="card-body">
        <Descriptions column={{ xs: 1, md: 2 }} items={items} styles={{ label: { width: 118 } }} />
        {tables.map((field) => (
          <section key={field.name} style={{ marginTop: 8 }}>
            <h3 className="field-label" style={{ marginBottom: 6 }}>
              {field.label}
            </h3>
            <RowsTable field={field} rows={rows(field)} terms={one.terms} nameOf={nameOf} />
          </section>
        ))}
      </div>
    </div>
  );
}
