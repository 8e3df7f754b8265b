import { Button, Dropdown, Tabs } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useIsHq } from '../../lib/me';
import { TEMPLATE_TONE } from '../../lib/tones';
import type { CouponTemplateDetail } from '../../lib/types';
import { TEMPLATE_STATUS } from '../../lib/words';
import { ActionButton } from '../../ui/action-button';
import { PageFrame } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Status } from '../../ui/status';
import { useTemplate, useTemplateActs } from './api';
import { CodesDrawer } from './components/codes-drawer';
import { IssueDrawer } from './components/issue-drawer';
import { IssuedList } from './components/issued-list';
import { RevokeDrawer } from './components/revoke-drawer';
import { TemplateFacts, Versions } from './components/template-facts';
import { worthText } from './components/template-list';

type Open = 'issue' | 'codes' | 'revoke' | null;

function StatusActs({ one }: { one: CouponTemplateDetail }) {
  const acts = useTemplateActs(one.id);
  if (one.status === 'ENDED') return null;
  return (
    <>
      {one.status === 'ACTIVE' ? (
        <ActionButton
          done="已暂停"
          run={() => acts.setStatus('PAUSED')}
          confirm={{ title: '暂停发放？', description: '已经在顾客手里的照常能用，随时可以恢复。', okText: '暂停' }}
          testId="template-pause"
        >
          暂停
        </ActionButton>
      ) : (
        <ActionButton
          type={one.status === 'DRAFT' ? 'primary' : 'default'}
          done={one.status === 'DRAFT' ? '已发布' : '已恢复'}
          run={() => acts.setStatus('ACTIVE')}
          confirm={{
            title: one.status === 'DRAFT' ? '发布这张券？' : '恢复发放？',
            description: `${one.face.name}：${one.face.conditionText}，${one.bearerText}承担。`,
            okText: one.status === 'DRAFT' ? '发布' : '恢复',
          }}
          testId="template-publish"
        >
          {one.status === 'DRAFT' ? '发布' : '恢复'}
        </ActionButton>
      )}
      <ActionButton
        danger
        done="已结束"
        run={() => acts.setStatus('ENDED')}
        confirm={{ title: '结束发放？', description: '结束后不能再发；已经在顾客手里的照常能用。', okText: '结束' }}
      >
        结束
      </ActionButton>
    </>
  );
}

function HqActs({ one }: { one: CouponTemplateDetail }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const isOut = one.status === 'ACTIVE' || one.status === 'PAUSED';
  return (
    <>
      {one.status === 'ACTIVE' ? (
        <Button onClick={() => setOpen('issue')} data-testid="issue">
          发给会员
        </Button>
      ) : null}
      {isOut ? (
        <Dropdown
          menu={{
            items: [
              { key: 'codes', label: '导入兑换码' },
              { key: 'revoke', label: '撤回没用的券', danger: true },
            ],
            onClick: ({ key }) => setOpen(key as Open),
          }}
        >
          <Button data-testid="template-more">更多</Button>
        </Dropdown>
      ) : null}
      {one.status === 'ENDED' ? null : (
        <Button onClick={() => void navigate(`/coupons/${one.id}/edit`)} data-testid="template-edit">
          修改
        </Button>
      )}
      <StatusActs one={one} />
      <IssueDrawer one={one} isOpen={open === 'issue'} onClose={close} />
      <CodesDrawer one={one} isOpen={open === 'codes'} onClose={close} />
      <RevokeDrawer one={one} isOpen={open === 'revoke'} onClose={close} />
    </>
  );
}

/** A franchisee's own answer, where headquarters asks for one. */
function JoinAct({ one }: { one: CouponTemplateDetail }) {
  const acts = useTemplateActs(one.id);
  if (one.hasOptedIn === null || one.status === 'ENDED') return null;
  return one.hasOptedIn ? (
    <ActionButton
      done="已退出"
      run={() => acts.join(false)}
      confirm={{
        title: '我的门店不再参加？',
        description: '已经发出的券，以后在你的门店不能再用。',
        okText: '不再参加',
      }}
      testId="template-leave"
    >
      不再参加
    </ActionButton>
  ) : (
    <ActionButton
      type="primary"
      done="已参加"
      run={() => acts.join(true)}
      confirm={{ title: '我的门店参加？', description: `优惠由${one.bearerText}承担。`, okText: '参加' }}
      testId="template-join"
    >
      我的门店参加
    </ActionButton>
  );
}

export default function TemplatePage() {
  const { id = '' } = useParams();
  const isHq = useIsHq();
  const one = useTemplate(id);
  const [params, setParams] = useSearchParams();
  const detail = one.data;
  return (
    <PageFrame
      back="/coupons"
      title={
        detail ? (
          <span className="row">
            {detail.face.name}
            <Status tone={TEMPLATE_TONE[detail.status]}>{TEMPLATE_STATUS[detail.status]}</Status>
          </span>
        ) : (
          '券模板'
        )
      }
      hint={detail ? `${worthText(detail)} · ${detail.face.conditionText} · 编号 ${detail.code}` : ' '}
      actions={detail ? isHq ? <HqActs one={detail} /> : <JoinAct one={detail} /> : null}
    >
      <Loaded query={one} rows={10}>
        {(data) => (
          <Tabs
            activeKey={params.get('tab') ?? 'facts'}
            onChange={(tab) => setParams({ tab }, { replace: true })}
            items={[
              { key: 'facts', label: '内容和效果', children: <TemplateFacts one={data} /> },
              { key: 'coupons', label: '发出的券', children: <IssuedList templateId={data.id} /> },
              { key: 'versions', label: '版本', children: <Versions one={data} /> },
            ]}
          />
        )}
      </Loaded>
    </PageFrame>
  );
}
