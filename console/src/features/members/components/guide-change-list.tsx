import { useQuery } from '@tanstack/react-query';
import { Select, Space } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { optionsOf } from '../../../lib/words';
import { ActionButton } from '../../../ui/action-button';
import { Choice } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { ReasonButton } from '../../../ui/reason-button';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import { type GuideChange, useGuideChanges, useRefreshPeople } from '../api';
import { GUIDE_CHANGE_STATE } from '../model';
import { PersonCell } from './person-cell';

function Decide({ row }: { row: GuideChange }) {
  const refresh = useRefreshPeople();
  const [guideId, setGuideId] = useState<string>();
  const isAny = row.toGuideName === null;
  const guides = useQuery({
    queryKey: ['guides', 'pick', row.storeName],
    queryFn: () => api.console.guides({ query: { limit: 100 } }),
    enabled: isAny && row.state === 'OPEN',
    staleTime: 300_000,
  });
  if (row.state !== 'OPEN')
    return (
      <span className="muted">
        {row.stateText}
        {row.note ? `：${row.note}` : ''}
      </span>
    );
  const decide = (isGranted: boolean, note: string) =>
    refresh(
      api.console.decideGuideChange({
        params: { id: row.id },
        body: { isGranted, note, ...(guideId ? { toGuideId: guideId } : {}) },
      }),
    );
  return (
    <Space wrap>
      {isAny ? (
        <Select
          aria-label="换给谁"
          placeholder="换给谁"
          value={guideId}
          onChange={setGuideId}
          loading={guides.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={(guides.data?.items ?? []).map((one) => ({
            value: one.id,
            label: `${one.name} · ${one.storeName}`,
          }))}
          style={{ width: 180 }}
        />
      ) : null}
      <ActionButton
        size="small"
        type="primary"
        done="已同意"
        disabled={isAny && !guideId}
        run={() => decide(true, '')}
        testId="guide-change-grant"
      >
        同意
      </ActionButton>
      <ReasonButton
        size="small"
        title="不换导购？"
        okText="不换"
        run={(note) => decide(false, note)}
        testId="guide-change-refuse"
      >
        不换
      </ReasonButton>
    </Space>
  );
}

const COLUMNS: Column<GuideChange>[] = [
  {
    key: 'member',
    title: '会员',
    width: 200,
    render: (row) => <PersonCell person={row.member} />,
    text: (row) => row.member.memberNo,
  },
  {
    key: 'guides',
    title: '从谁换到谁',
    width: 220,
    render: (row) => (
      <>
        {row.fromGuideName ?? '没有导购'} → {row.toGuideName ?? '店里另一位导购'}
        <div className="muted small">{row.storeName}</div>
      </>
    ),
    text: (row) => `${row.fromGuideName ?? ''} → ${row.toGuideName ?? ''}`,
  },
  {
    key: 'reason',
    title: '顾客说',
    width: 260,
    render: (row) => (
      <>
        {row.reason || <span className="muted">没有说明</span>}
        <div className="muted small">
          <When at={row.at} /> 提出
        </div>
      </>
    ),
    text: (row) => row.reason,
    beneath: [{ title: '提出', text: (row) => exactText(row.at) }],
  },
  { key: 'decide', title: '处理', width: 300, render: (row) => <Decide row={row} />, text: (row) => row.stateText },
];

/** Consumers who would rather be served by somebody else. */
export function GuideChangeList() {
  const [filters, setFilters] = useUrlFilters(['state']);
  const changes = useGuideChanges(filters.state);
  return (
    <ListCard
      name="guide-changes"
      title="换导购"
      pages={changes}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="guide-change-row"
      filters={
        <Choice
          label="状态"
          value={filters.state}
          options={optionsOf(GUIDE_CHANGE_STATE)}
          onChange={(state) => setFilters({ state })}
        />
      }
      empty={<Empty title="没有人要换导购" hint="顾客在小程序「我的导购」里提出后，会出现在这里。" />}
    />
  );
}
