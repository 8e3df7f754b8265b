import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { TASK_TONE } from '../../lib/tones';
import type { Task } from '../../lib/types';
import { TASK_STATE } from '../../lib/words';
import { ListCard } from '../../ui/list-card';
import { type Column, moneyColumn } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { useTasks } from './api';
import { Funnel } from './components/funnel';
import { TaskForm } from './components/task-form';

const COLUMNS: Column<Task>[] = [
  {
    key: 'title',
    title: '任务',
    width: 250,
    isFixed: true,
    render: (row) => (
      <>
        <a
          className="link clip"
          style={{ display: 'block', maxWidth: 226 }}
          href={`#/tasks/${row.id}`}
          title={row.title}
          onClick={(event) => event.stopPropagation()}
        >
          {row.title}
        </a>
        <div className="muted small clip" style={{ maxWidth: 226 }} title={row.audience.text}>
          {row.audience.text}
        </div>
      </>
    ),
    text: (row) => row.title,
  },
  {
    key: 'state',
    title: '状态',
    width: 96,
    render: (row) => <Status tone={TASK_TONE[row.state]}>{TASK_STATE[row.state]}</Status>,
    text: (row) => TASK_STATE[row.state],
  },
  {
    key: 'days',
    title: '日期',
    width: 130,
    render: (row) => (
      <span className="num">
        {row.startDay.slice(5)} – {row.endDay.slice(5)}
      </span>
    ),
    text: (row) => `${row.startDay} ${row.endDay}`,
  },
  {
    key: 'guides',
    title: '导购',
    width: 76,
    isRight: true,
    render: (row) => <span className="num">{row.effect.guideCount}</span>,
    text: (row) => row.effect.guideCount,
  },
  {
    key: 'effect',
    title: '效果',
    width: 314,
    render: (row) =>
      row.state === 'DRAFT' ? <span className="muted">发布后开始统计</span> : <Funnel effect={row.effect} />,
    text: (row) => `派发 ${row.effect.itemCount} 已发 ${row.effect.sent} 下单 ${row.effect.ordered}`,
  },
  moneyColumn({
    key: 'orderFen',
    title: '带来成交',
    fen: (row) => row.effect.orderFen,
    dashZero: true,
    isSummed: true,
  }),
];

export default function TasksPage() {
  const tasks = useTasks();
  const [isCreating, setCreating] = useState(false);
  const go = useNavigate();
  const create = (
    <Button type="primary" onClick={() => setCreating(true)} data-testid="task-new">
      新建任务
    </Button>
  );
  return (
    <PageFrame title="任务" hint="总部写好话术，挑好人群，导购第二天早上一条条发；效果实时回来。" actions={create}>
      <ListCard
        name="tasks"
        title="任务"
        pages={tasks}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="task-row"
        hasTotals
        onRow={(row) => void go(`/tasks/${row.id}`)}
        empty={<Empty title="还没有任务" hint="从一件到店新品开始：发给看过它但没有买的顾客。" />}
      />
      {isCreating ? <TaskForm onClose={() => setCreating(false)} /> : null}
    </PageFrame>
  );
}
