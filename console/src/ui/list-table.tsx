import { Table, type TableColumnType } from 'antd';
import type { ReactNode } from 'react';
import { plainYuan, totalOf } from '../lib/money';
import { Money } from './money';
import { Bones } from './states';

/** A column of our tables: how a cell looks, and what it says in an export. */
export interface Column<T> {
  key: string;
  title: string;
  width?: number;
  isRight?: boolean;
  isFixed?: boolean;
  /** Not shown until chosen. */
  isExtra?: boolean;
  render: (row: T) => ReactNode;
  /** Cell of the exported file; a column without it is left out. */
  text?: (row: T) => string | number;
  /** Facts that stand beneath this one on the screen: columns of their own in the exported file. */
  beneath?: readonly { title: string; text: (row: T) => string | number }[];
  /** Amount in fen, when the totals row sums this column. */
  sum?: (row: T) => number;
}

interface MoneyColumn<T> {
  key: string;
  title: string;
  fen: (row: T) => number;
  width?: number;
  isSummed?: boolean;
  isExtra?: boolean;
  /** Zero says nothing in most columns: show a dash. */
  dashZero?: boolean;
}

/** A column of amounts: right-aligned, tabular, exported as plain yuan, summed when asked. */
export function moneyColumn<T>(spec: MoneyColumn<T>): Column<T> {
  return {
    key: spec.key,
    title: spec.title,
    width: spec.width ?? 120,
    isRight: true,
    isExtra: spec.isExtra,
    render: (row) =>
      spec.dashZero && spec.fen(row) === 0 ? <span className="muted">—</span> : <Money fen={spec.fen(row)} />,
    text: (row) => plainYuan(spec.fen(row)),
    sum: spec.isSummed ? spec.fen : undefined,
  };
}

interface ListTableProps<T> {
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  isBusy?: boolean;
  /** Words of the totals row; without it there is none. */
  totalLabel?: string;
  onRow?: (row: T) => void;
  rowTestId?: string;
  expand?: (row: T) => ReactNode;
  empty: ReactNode;
}

function Totals<T extends object>({ columns, rows, totalLabel, expand }: ListTableProps<T>) {
  const lead = expand ? 1 : 0;
  return (
    <Table.Summary fixed>
      <Table.Summary.Row data-testid="totals">
        {lead ? <Table.Summary.Cell index={0} /> : null}
        {columns.map((column, index) => (
          <Table.Summary.Cell key={column.key} index={index + lead} className={column.isRight ? 'money' : ''}>
            {column.sum ? <Money fen={totalOf(rows, column.sum)} /> : index === 0 ? totalLabel : null}
          </Table.Summary.Cell>
        ))}
      </Table.Summary.Row>
    </Table.Summary>
  );
}

export function ListTable<T extends object>(props: ListTableProps<T>) {
  const { columns, rows, onRow, expand } = props;
  if (props.isBusy && rows.length === 0) return <Bones rows={8} />;
  const shown: TableColumnType<T>[] = columns.map((column) => ({
    key: column.key,
    title: column.title,
    width: column.width,
    fixed: column.isFixed ? 'left' : undefined,
    className: column.isRight ? 'money' : undefined,
    render: (_, row) => column.render(row),
  }));
  const width = columns.reduce((sum, column) => sum + (column.width ?? 140), expand ? 48 : 0);
  return (
    <Table<T>
      size="middle"
      columns={shown}
      dataSource={rows as T[]}
      rowKey={props.rowKey}
      pagination={false}
      loading={props.isBusy}
      scroll={{ x: width }}
      locale={{ emptyText: props.empty }}
      expandable={expand ? { expandedRowRender: expand } : undefined}
      onRow={(row) =>
        ({
          'data-testid': props.rowTestId,
          // A link in a row leads to its own place, and there only.
          onClick: onRow
            ? ({ target }: React.MouseEvent<HTMLElement>) => (target as Element).closest('a') === null && onRow(row)
            : undefined,
          style: onRow ? { cursor: 'pointer' } : undefined,
        }) as React.HTMLAttributes<HTMLElement>
      }
      summary={props.totalLabel && rows.length > 0 ? () => <Totals {...props} /> : undefined}
    />
  );
}
