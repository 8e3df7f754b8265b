import { useState } from 'react';
import { type Column, ListTable } from '../../../ui/list-table';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { type NoticeKind, useNoticeKinds } from '../api';
import { standingOf } from '../model';
import { TemplateDrawer } from './template-drawer';

const COLUMNS: Column<NoticeKind>[] = [
  {
    key: 'title',
    title: '通知',
    width: 260,
    render: ({ title, when }) => (
      <div className="stack tight">
        <button type="button" className="link">
          {title}
        </button>
        <span className="muted">{when}</span>
      </div>
    ),
  },
  {
    key: 'template',
    title: '用的模板',
    width: 280,
    render: ({ template }) =>
      template ? (
        <div className="stack tight">
          <span>{template.title}</span>
          <span className="muted">{template.keywords.map(({ label }) => label).join('、')}</span>
        </div>
      ) : (
        <span className="muted">点这一行选择模板</span>
      ),
  },
  {
    key: 'standing',
    title: '状态',
    width: 240,
    render: (row) => {
      const { text, tone } = standingOf(row);
      return (
        <div className="stack tight">
          <Status tone={tone}>{text}</Status>
          {row.template?.problem ? (
            <span className="muted" data-testid="notice-problem">
              {row.template.problem}
            </span>
          ) : null}
        </div>
      );
    },
  },
  {
    key: 'updated',
    title: '最近修改',
    width: 140,
    render: ({ template }) =>
      template ? (
        <div className="stack tight">
          <When at={template.updatedAt} />
          <span className="muted">{template.updatedBy}</span>
        </div>
      ) : (
        <span className="muted">—</span>
      ),
  },
];

/** All kinds of messages with the template that says each. */
export function KindList() {
  const kinds = useNoticeKinds();
  const [editing, setEditing] = useState<NoticeKind | null>(null);
  return (
    <Card title="哪些事会通知">
      <Loaded query={kinds}>
        {({ items }) => (
          <ListTable
            columns={COLUMNS}
            rows={items}
            rowKey={(row) => row.kind}
            rowTestId="notice-kind-row"
            onRow={setEditing}
            empty={null}
          />
        )}
      </Loaded>
      {editing ? <TemplateDrawer key={editing.kind} kind={editing} onClose={() => setEditing(null)} /> : null}
    </Card>
  );
}
