import { Checkbox, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { useUrlFilters } from '../../../lib/url-state';
import { ActionButton } from '../../../ui/action-button';
import { YesFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { type Anomaly, useAnomalies, useRefreshPeople } from '../api';
import { PersonCell } from './person-cell';

function Settle({ row }: { row: Anomaly }) {
  const refresh = useRefreshPeople();
  const [note, setNote] = useState('');
  const [isShared, setShared] = useState(false);
  if (row.isSettled) return <span className="muted">{row.note}</span>;
  const settle = () =>
    refresh(
      api.console.settleAnomaly({
        params: { id: row.id },
        body: { note: note.trim(), ...(isShared ? { markPhoneShared: true } : {}) },
      }),
    );
  return (
    <div className="stack tight">
      <Input
        aria-label="查明是什么"
        value={note}
        maxLength={100}
        placeholder="查明是什么，比如：店里的公用手机"
        onChange={(event) => setNote(event.target.value)}
        data-testid="anomaly-note"
      />
      <div className="between">
        {row.phoneMasked ? (
          <Checkbox checked={isShared} onChange={(event) => setShared(event.target.checked)}>
            记为公用手机号
          </Checkbox>
        ) : (
          <span />
        )}
        <ActionButton size="small" done="已处理" disabled={note.trim().length < 2} run={settle} testId="anomaly-settle">
          处理好了
        </ActionButton>
      </div>
    </div>
  );
}

const COLUMNS: Column<Anomaly>[] = [
  {
    key: 'day',
    title: '日期',
    width: 110,
    render: (row) => <span className="num">{row.day}</span>,
    text: (row) => row.day,
  },
  {
    key: 'what',
    title: '哪里不对',
    width: 300,
    render: (row) => (
      <>
        <b>{row.title}</b>
        <div className="muted small">{row.text}</div>
      </>
    ),
    text: (row) => `${row.title}：${row.text}`,
  },
  {
    key: 'who',
    title: '是谁',
    width: 200,
    render: (row) =>
      row.member ? <PersonCell person={row.member} /> : <span className="num">{row.phoneMasked ?? '—'}</span>,
    text: (row) => row.member?.memberNo ?? row.phoneMasked ?? '',
  },
  { key: 'settle', title: '处理', width: 300, render: (row) => <Settle row={row} />, text: (row) => row.note ?? '' },
];

/** The daily report of records that look like more than one person. */
export function AnomalyList() {
  const [filters, setFilters] = useUrlFilters(['day', 'settled']);
  const anomalies = useAnomalies(filters);
  return (
    <ListCard
      name="anomalies"
      title="异常日报"
      pages={anomalies}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="anomaly-row"
      filters={
        <>
          <DatePicker
            aria-label="日期"
            value={filters.day ? dayjs(filters.day) : null}
            onChange={(day) => setFilters({ day: day?.format('YYYY-MM-DD') })}
          />
          <YesFilter label="看已处理的" value={filters.settled} onChange={(settled) => setFilters({ settled })} />
        </>
      }
      empty={<Empty title="没有异常" hint="每天夜里检查一次：一个人有太多号码、一个号码属于太多人，都会列在这里。" />}
    />
  );
}
