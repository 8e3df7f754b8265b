import { QrcodeOutlined } from '@ant-design/icons';
import { Avatar, Button, Modal } from 'antd';
import { useState } from 'react';
import { api } from '../../lib/api';
import { useIsHq } from '../../lib/me';
import { countText } from '../../lib/money';
import { usePages } from '../../lib/query';
import type { Guide } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import type { Column } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status, type Tone } from '../../ui/status';
import { EndSessions } from './components/end-sessions';

const RECEIVER: Record<Guide['receiverState'], { tone: Tone; word: string }> = {
  NONE: { tone: 'idle', word: '还没添加' },
  READY: { tone: 'good', word: '可以收款' },
  PROBLEM: { tone: 'bad', word: '收不了款' },
};

const columnsOf = (showQr: (guide: Guide) => void, isHq: boolean): Column<Guide>[] => [
  {
    key: 'name',
    title: '导购',
    width: 160,
    isFixed: true,
    render: (row) => (
      <div className="row">
        <Avatar src={row.avatarUrl || undefined} size={34} style={{ background: '#5e8f98', flex: 'none' }}>
          {row.name.slice(0, 1)}
        </Avatar>
        <div style={{ minWidth: 0 }}>
          <div className="clip">{row.name}</div>
          <div className="muted small">{row.role === 'MANAGER' ? '店长' : '导购'}</div>
        </div>
      </div>
    ),
    text: (row) => row.name,
  },
  {
    key: 'store',
    title: '门店',
    width: 180,
    render: (row) => (
      <div className="clip" style={{ maxWidth: 156 }} title={row.storeName}>
        {row.storeName}
      </div>
    ),
    text: (row) => row.storeName,
  },
  {
    key: 'status',
    title: '在岗',
    width: 86,
    render: (row) => (
      <Status tone={row.status === 'ACTIVE' ? 'good' : 'off'}>{row.status === 'ACTIVE' ? '在职' : '已离职'}</Status>
    ),
    text: (row) => (row.status === 'ACTIVE' ? '在职' : '已离职'),
  },
  {
    key: 'contacts',
    title: '微信好友',
    width: 84,
    isRight: true,
    render: (row) => <span className="num">{countText(row.contactCount)}</span>,
    text: (row) => row.contactCount,
  },
  {
    key: 'members',
    title: '专属会员',
    width: 84,
    isRight: true,
    render: (row) => <span className="num">{countText(row.boundMemberCount)}</span>,
    text: (row) => row.boundMemberCount,
  },
  {
    key: 'tasks',
    title: '待做任务',
    width: 84,
    isRight: true,
    render: (row) => <span className="num">{row.openTaskCount}</span>,
    text: (row) => row.openTaskCount,
  },
  {
    key: 'receiver',
    title: '分账收款',
    width: 112,
    render: (row) => <Status tone={RECEIVER[row.receiverState].tone}>{RECEIVER[row.receiverState].word}</Status>,
    text: (row) => RECEIVER[row.receiverState].word,
  },
  {
    key: 'userid',
    title: '企业微信账号',
    width: 150,
    isExtra: true,
    render: (row) => <span className="mono">{row.wecomUserid}</span>,
    text: (row) => row.wecomUserid,
  },
  {
    key: 'qr',
    title: '名片码',
    width: 92,
    render: (row) => (
      <Button
        size="small"
        icon={<QrcodeOutlined aria-hidden />}
        disabled={row.status !== 'ACTIVE'}
        onClick={() => showQr(row)}
        data-testid="guide-qr"
      >
        查看
      </Button>
    ),
  },
  ...(isHq ? [{ key: 'sessions', title: '登录', width: 92, render: (row: Guide) => <EndSessions guide={row} /> }] : []),
];

function QrModal({ guide, onClose }: { guide: Guide; onClose: () => void }) {
  return (
    <Modal title={`${guide.name}的名片码`} open onCancel={onClose} footer={null} width={380}>
      <div className="state" style={{ padding: '16px 0' }}>
        {guide.qrUrl ? (
          <img
            src={guide.qrUrl}
            alt={`${guide.name}的企业微信名片码`}
            width={240}
            height={240}
            style={{ border: '1px solid var(--line)', borderRadius: 8 }}
          />
        ) : (
          <b>企业微信还没有返回名片码</b>
        )}
        <span>{guide.storeName}</span>
        <span className="small">
          {guide.qrUrl
            ? '顾客扫码：加上企业微信好友、成为会员、绑定专属导购，一步完成。'
            : '通常是导购还没有开通「联系我」权限，请在企业微信后台开通后再看。'}
        </span>
        <span className="mono muted">名片编号 {guide.code}</span>
      </div>
    </Modal>
  );
}

export default function GuidesPage() {
  const [filters, setFilters] = useUrlFilters(['store', 'q']);
  const isHq = useIsHq();
  const [open, setOpen] = useState<Guide | null>(null);
  const guides = usePages<Guide>(['guides', filters], (page) =>
    api.console.guides({ query: { ...page, q: filters.q, storeId: filters.store } }),
  );
  return (
    <PageFrame title="导购" hint="谁在哪家店、带着多少顾客，以及佣金能不能到账。">
      <ListCard
        name="guides"
        title="导购"
        pages={guides}
        columns={columnsOf(setOpen, isHq)}
        rowKey={(row) => row.id}
        rowTestId="guide-row"
        filters={
          <TextFilter
            label="姓名、企业微信账号"
            value={filters.q}
            onChange={(q) => setFilters({ q })}
            testId="filter-q"
          />
        }
        empty={<Empty title="没有符合条件的导购" hint="导购来自企业微信通讯录，入职后会自动出现。" />}
      />
      {open ? <QrModal guide={open} onClose={() => setOpen(null)} /> : null}
    </PageFrame>
  );
}
