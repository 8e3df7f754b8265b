import { DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { csvText } from '@shuke/shared/kernel';
import { Button, Checkbox, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PagesResult } from '../lib/query';
import { downloadText } from '../platform/download';
import { recallJson, remember } from '../platform/storage';
import { type Column, ListTable } from './list-table';
import { usePopupFocus } from './popup-focus';
import { SavedViews } from './saved-views';
import { LoadFailed } from './states';

interface ListCardProps<T extends object> {
  /** Names this list in the browser's memory and in exported files. */
  name: string;
  title: string;
  pages: PagesResult<T>;
  columns: readonly Column<T>[];
  rowKey: (row: T) => string;
  filters?: ReactNode;
  empty: ReactNode;
  hasTotals?: boolean;
  onRow?: (row: T) => void;
  expand?: (row: T) => ReactNode;
  rowTestId?: string;
}

function useShownColumns<T>(name: string, columns: readonly Column<T>[]) {
  const memory = `columns.${name}`;
  const [hidden, setHidden] = useState<string[]>(() =>
    recallJson(
      memory,
      columns.filter((column) => column.isExtra).map((column) => column.key),
    ),
  );
  const toggle = (key: string) => {
    const next = hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key];
    setHidden(next);
    remember(memory, JSON.stringify(next));
  };
  return { shown: columns.filter((column) => !hidden.includes(column.key)), hidden, toggle };
}

function ExportButton<T extends object>({ title, pages, columns }: ListCardProps<T>) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const run = async () => {
    setState('busy');
    try {
      const rows = await pages.loadAll();
      const cells = columns.flatMap(({ title, text, beneath = [] }) => [
        ...(text ? [{ title, text }] : []),
        ...beneath,
      ]);
      const body = rows.map((row) => cells.map((cell) => cell.text(row)));
      const head = cells.map((cell) => cell.title);
      downloadText(`${title}.csv`, csvText(head, body), 'text/csv;charset=utf-8');
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <Button
      type="text"
      icon={<DownloadOutlined aria-hidden />}
      loading={state === 'busy'}
      onClick={() => void run()}
      data-testid="export"
    >
      {state === 'failed' ? '导出失败，再试一次' : '导出'}
    </Button>
  );
}

/** A list as every screen shows it: filters kept in the address, saved views, column choice, export, totals, more. */
export function ListCard<T extends object>(props: ListCardProps<T>) {
  const { name, pages, columns, rowKey, filters, empty, hasTotals, onRow, expand, rowTestId } = props;
  const { shown, hidden, toggle } = useShownColumns(name, columns);
  const { afterOpenChange, inside } = usePopupFocus();
  const choice = (
    <div className="stack tight" style={{ minWidth: 140 }}>
      {columns.slice(1).map((column) => (
        <Checkbox key={column.key} checked={!hidden.includes(column.key)} onChange={() => toggle(column.key)}>
          {column.title}
        </Checkbox>
      ))}
    </div>
  );
  return (
    <section className="card list-card" aria-label={props.title}>
      <div className="filters">
        {filters}
        <div className="tools">
          <SavedViews name={name} />
          <Popover
            content={inside(choice)}
            afterOpenChange={afterOpenChange}
            trigger="click"
            placement="bottomRight"
            title="显示哪些列"
          >
            <Button type="text" icon={<SettingOutlined aria-hidden />} data-testid="columns">
              列
            </Button>
          </Popover>
          <ExportButton {...props} />
        </div>
      </div>
      {pages.error && pages.rows.length === 0 ? (
        <LoadFailed error={pages.error} onRetry={() => void pages.refetch()} />
      ) : (
        <ListTable
          columns={shown}
          rows={pages.rows}
          rowKey={rowKey}
          isBusy={pages.isPending || (pages.isFetching && !pages.isFetchingNextPage)}
          totalLabel={hasTotals ? (pages.hasNextPage ? '已载入合计' : '合计') : undefined}
          onRow={onRow}
          expand={expand}
          rowTestId={rowTestId}
          empty={empty}
        />
      )}
      {pages.rows.length > 0 ? (
        <div className="list-foot">
          <span>
            已载入 <span className="num">{pages.rows.length}</span> 条
            {pages.hasNextPage ? '，还有更多' : '，没有更多了'}
          </span>
          {pages.hasNextPage ? (
            <Button
              size="small"
              loading={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
              data-testid="load-more"
            >
              {pages.isFetchNextPageError ? '加载失败，再试一次' : '加载更多'}
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
