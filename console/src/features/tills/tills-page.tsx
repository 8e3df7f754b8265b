import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useIsHq } from '../../lib/me';
import { countText } from '../../lib/money';
import type { Till } from '../../lib/types';
import { useUrlFilters, useUrlValue } from '../../lib/url-state';
import { optionsOf } from '../../lib/words';
import { Choice, TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import { PageFrame } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { TILL_FILTERS, useAllTills, useTills } from './api';
import { CounterRules } from './components/counter-rules';
import { FeedAlarms } from './components/feed-alarms';
import { TILL_COLUMNS } from './components/till-columns';
import { TillDrawer } from './components/till-drawer';
import { TillForm } from './components/till-form';
import { summarize, TILL_STATE } from './model';

function Figures({ tills }: { tills: Till[] }) {
  const sum = summarize(tills);
  const figures: [string, number, string, boolean][] = [
    ['正常', sum.healthy, '在用、没有缺单', false],
    ['要看一看', sum.waiting, '缺单、延迟、没联系', sum.waiting > 0],
    ['待补传', sum.missing, '序号断开、还没传上来', sum.missing > 0],
    ['回放冲突', sum.conflicts, '同一序号内容不同', sum.conflicts > 0],
    ['已停用', sum.stopped, '不再接收它的数据', false],
  ];
  return (
    <dl className="figures" style={{ margin: '0 0 16px' }} data-testid="till-figures">
      {figures.map(([name, value, note, isLoud]) => (
        <div key={name} className="figure">
          <dt>{name}</dt>
          <dd className={`figure-value num${isLoud ? ' warn' : ''}`} style={{ margin: 0 }}>
            {countText(value)}
          </dd>
          <dd className="figure-note" style={{ margin: 0 }}>
            {note}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Tills of my stores: which ones talk to us, and what they still owe. */
export default function TillsPage() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(TILL_FILTERS);
  const [openId, open] = useUrlValue('till');
  const [isNew, setNew] = useState(false);
  return (
    <PageFrame
      title="收银机"
      hint="哪台在正常上传、哪台断网欠着单子。断网时收银机照常收钱，联网后按序号补传，同一笔只记一次。"
      actions={
        isHq ? (
          <>
            <CounterRules />
            <Button
              type="primary"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => setNew(true)}
              data-testid="till-new"
            >
              登记收银机
            </Button>
          </>
        ) : null
      }
    >
      <Loaded query={useAllTills()} rows={2}>
        {(tills) => <Figures tills={tills} />}
      </Loaded>
      <FeedAlarms />
      <ListCard
        name="tills"
        title="收银机"
        pages={useTills(filters)}
        columns={TILL_COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="till-row"
        onRow={(row) => open(row.id)}
        filters={
          <>
            <TextFilter
              label="名称、编号、门店"
              value={filters.q}
              onChange={(q) => setFilters({ q })}
              testId="filter-q"
            />
            <Choice
              label="状态"
              value={filters.state}
              options={optionsOf(TILL_STATE)}
              onChange={(state) => setFilters({ state })}
              testId="filter-state"
            />
          </>
        }
        empty={
          Object.keys(filters).length > 0 ? (
            <Empty title="没有符合条件的收银机" hint="放宽筛选条件再看。" />
          ) : (
            <Empty
              title="还没有收银机"
              hint={isHq ? '登记后，它上传的销售、退货和核销才会记账。' : '由总部登记；登记后在这里看它传得怎么样。'}
            />
          )
        }
      />
      <TillDrawer id={openId} onClose={() => open(null)} />
      {isHq ? <TillForm isOpen={isNew} onClose={() => setNew(false)} /> : null}
    </PageFrame>
  );
}
