import { countText } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import type { Till } from '../../../lib/types';
import type { Column } from '../../../ui/list-table';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { lagText, TILL_TONE } from '../model';

const count = (key: string, title: string, of: (row: Till) => number, isLoud = false): Column<Till> => ({
  key,
  title,
  width: 84,
  isRight: true,
  render: (row) =>
    of(row) === 0 ? (
      <span className="muted">—</span>
    ) : (
      <span className={`num${isLoud && row.state !== 'STOPPED' ? ' danger' : ''}`}>{countText(of(row))}</span>
    ),
  text: of,
});

export const TILL_COLUMNS: Column<Till>[] = [
  {
    key: 'name',
    title: '收银机',
    width: 148,
    isFixed: true,
    render: (row) => (
      <div style={{ minWidth: 0 }}>
        <button type="button" className="link clip" style={{ display: 'block', maxWidth: 124 }} title={row.name}>
          {row.name}
        </button>
        <div className="mono muted">{row.deviceNo}</div>
      </div>
    ),
    text: (row) => `${row.name} ${row.deviceNo}`,
  },
  {
    key: 'store',
    title: '门店',
    width: 148,
    render: (row) => (
      <div className="clip" style={{ maxWidth: 124 }} title={row.storeName}>
        {row.storeName}
      </div>
    ),
    text: (row) => row.storeName,
  },
  {
    key: 'state',
    title: '状态',
    width: 116,
    render: (row) => <Status tone={TILL_TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
  {
    key: 'seen',
    title: '最近联系',
    width: 100,
    render: (row) => <When at={row.lastSeenAt} none="还没有" isAgo />,
    text: (row) => (row.lastSeenAt ? exactText(row.lastSeenAt) : ''),
  },
  count('missing', '待补传', (row) => row.missing, true),
  {
    key: 'lag',
    title: '延迟',
    width: 90,
    isRight: true,
    render: (row) =>
      row.lastSequence === 0 ? (
        <span className="muted">—</span>
      ) : (
        <span className="num">{lagText(row.lagSeconds)}</span>
      ),
    text: (row) => row.lagSeconds,
  },
  count('today', '今天上传', (row) => row.todayRows),
  count('conflicts', '回放冲突', (row) => row.conflicts, true),
  {
    key: 'next',
    title: '下一步',
    width: 164,
    render: (row) => <span className="small">{row.nextStep}</span>,
    text: (row) => row.nextStep,
  },
];
