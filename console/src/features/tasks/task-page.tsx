import { Button, type ButtonProps, Modal } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { moneyText } from '../../lib/money';
import { TASK_TONE } from '../../lib/tones';
import type { Task, TaskGuide } from '../../lib/types';
import { TASK_STATE } from '../../lib/words';
import { type Column, ListTable } from '../../ui/list-table';
import { Card, PageFrame } from '../../ui/page';
import { ActionFailed, Empty, Loaded } from '../../ui/states';
import { Status } from '../../ui/status';
import { When } from '../../ui/when';
import { usePublishTask, useTaskEffect } from './api';
import { BubblePreview } from './components/bubble-preview';
import { Funnel } from './components/funnel';

const count = (key: 'items' | 'sent' | 'opened' | 'ordered', title: string): Column<TaskGuide> => ({
  key,
  title,
  width: 90,
  isRight: true,
  render: (row) => <span className="num">{row[key]}</span>,
});
const COLUMNS: Column<TaskGuide>[] = [
  { key: 'guide', title: '导购', width: 130, render: (row) => row.guideName },
  { key: 'store', title: '门店', width: 180, render: (row) => row.storeName },
  count('items', '派发'),
  count('sent', '已发'),
  count('opened', '打开'),
  count('ordered', '下单'),
];

function Publish({ task }: { task: Task }) {
  const [isAsking, setAsking] = useState(false);
  const publish = usePublishTask(task.id);
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)} data-testid="task-publish">
        发布给导购
      </Button>
      <Modal
        title={`发布「${task.title}」？`}
        open={isAsking}
        okText="确认发布"
        cancelText="再想想"
        confirmLoading={publish.isPending}
        okButtonProps={{ 'data-testid': 'task-publish-confirm' } as ButtonProps}
        onCancel={() => {
          setAsking(false);
          publish.reset();
        }}
        onOk={() => publish.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        <div className="stack tight">
          <p>
            {task.storeCount > 0 ? `${task.storeCount} 家门店` : '全部门店'}的导购会从 {task.startDay}{' '}
            早上起收到，发布后话术不能再改。
          </p>
          <p className="muted">{task.audience.text}</p>
          <ActionFailed error={publish.error} title="没有发布" />
        </div>
      </Modal>
    </>
  );
}

function TaskView({ task, guides }: { task: Task; guides: TaskGuide[] }) {
  return (
    <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1fr) 360px', alignItems: 'start' }}>
      <div className="stack">
        <Card
          title="效果"
          extra={
            <span className="muted small">
              截至 <When at={task.effect.asOf} />
            </span>
          }
        >
          <Funnel effect={task.effect} isLarge />
          <p style={{ marginTop: 14 }}>
            带来成交 <b className="num">{moneyText(task.effect.orderFen)}</b>
            <span className="muted"> · 跳过 {task.effect.skipped} 位</span>
          </p>
        </Card>
        <section className="card list-card" aria-label="按导购看">
          <div className="card-head" style={{ paddingBottom: 12 }}>
            <h2>按导购看</h2>
          </div>
          <ListTable
            columns={COLUMNS}
            rows={guides}
            rowKey={(row) => row.guideId}
            rowTestId="task-guide-row"
            empty={
              <Empty
                title="还没有导购领到"
                hint={task.state === 'DRAFT' ? '发布之后，从开始那天早上起派发。' : '派发在每天早上进行。'}
              />
            }
          />
        </section>
      </div>
      <Card title="顾客看到的样子">
        <BubblePreview
          words={task.words}
          product={
            task.productName && task.imageUrl
              ? { name: task.productName, imageUrl: task.imageUrl, listPriceFen: null }
              : undefined
          }
        />
        <p className="muted" style={{ marginTop: 12 }}>
          为什么做：{task.reason}
        </p>
      </Card>
    </div>
  );
}

export default function TaskPage() {
  const { id = '' } = useParams();
  const effect = useTaskEffect(id);
  const task = effect.data?.task;
  return (
    <PageFrame
      back="/tasks"
      title={task?.title ?? '任务'}
      hint={
        task ? (
          <span className="row">
            <Status tone={TASK_TONE[task.state]}>{TASK_STATE[task.state]}</Status> · {task.audience.text} ·{' '}
            {task.startDay} 至 {task.endDay}
          </span>
        ) : (
          ' '
        )
      }
      actions={task?.state === 'DRAFT' ? <Publish task={task} /> : null}
    >
      <Loaded query={effect} rows={10}>
        {(view) => <TaskView task={view.task} guides={view.guides} />}
      </Loaded>
    </PageFrame>
  );
}
