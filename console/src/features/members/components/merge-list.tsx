import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { Choice } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import { type Merge, useMerges } from '../api';
import { PersonCell } from './person-cell';
import { UndoMerge } from './undo-merge';

const CAUSE: Record<Merge['cause'], string> = { AUTO: '自动', MANUAL: '人工' };

const COLUMNS: Column<Merge>[] = [
  {
    key: 'from',
    title: '这份档案',
    width: 172,
    render: (row) => <PersonCell person={row.from} />,
    text: (row) => row.from.memberNo,
  },
  {
    key: 'into',
    title: '并入',
    width: 172,
    render: (row) => <PersonCell person={row.into} />,
    text: (row) => row.into.memberNo,
  },
  {
    key: 'at',
    title: '时间',
    width: 124,
    render: (row) => (
      <>
        <When at={row.mergedAt} />
        <div className="muted small">
          {CAUSE[row.cause]} · {row.by}
        </div>
      </>
    ),
    text: (row) => exactText(row.mergedAt),
  },
  { key: 'reason', title: '原因', width: 196, render: (row) => row.reason, text: (row) => row.reason },
  {
    key: 'rows',
    title: '搬了什么',
    width: 160,
    render: (row) => (
      <span className="muted small">
        {row.rows.map((one) => `${one.title} ${one.count}`).join('、') || '没有要搬的'}
      </span>
    ),
    text: (row) => row.rows.map((one) => `${one.title} ${one.count}`).join('、'),
  },
  {
    key: 'undo',
    title: '',
    width: 172,
    isRight: true,
    render: (row) =>
      row.unmergedAt ? (
        <span className="muted small">
          <When at={row.unmergedAt} /> 由 {row.unmergedBy} 拆回
        </span>
      ) : (
        <UndoMerge merge={row} />
      ),
    text: (row) => (row.unmergedAt ? '已拆回' : ''),
  },
];

/** Every merge, with its way back. */
export function MergeList() {
  const [filters, setFilters] = useUrlFilters(['cause', 'undone']);
  const merges = useMerges(filters);
  return (
    <ListCard
      name="merges"
      title="合并记录"
      pages={merges}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="merge-row"
      filters={
        <>
          <Choice
            label="谁合并的"
            value={filters.cause}
            options={[
              { value: 'AUTO', label: '自动' },
              { value: 'MANUAL', label: '人工' },
            ]}
            onChange={(cause) => setFilters({ cause })}
          />
          <Choice
            label="是否拆回"
            value={filters.undone}
            options={[
              { value: '0', label: '还合着' },
              { value: '1', label: '已拆回' },
            ]}
            onChange={(undone) => setFilters({ undone })}
          />
        </>
      }
      empty={<Empty title="没有合并过" hint="合并之后会记在这里，随时能拆回。" />}
    />
  );
}
