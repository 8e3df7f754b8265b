import { Button, Popover, Tabs } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useMe } from '../../lib/me';
import { exactText } from '../../lib/time';
import { PROMOTION_TONE } from '../../lib/tones';
import type { PlayView, PromotionDetail } from '../../lib/types';
import { ActionButton } from '../../ui/action-button';
import { InstantInput } from '../../ui/instant-input';
import { PageFrame } from '../../ui/page';
import { usePopupFocus } from '../../ui/popup-focus';
import { Loaded } from '../../ui/states';
import { Status } from '../../ui/status';
import { usePlays, usePromotion, usePromotionActs } from './api';
import { EffectPanel } from './components/effect-panel';
import { FactsPanel } from './components/facts-panel';
import { RunPanel } from './components/run-panel';
import { SessionsPanel } from './components/sessions-panel';
import { StoresPanel } from './components/stores-panel';

const WITH_SESSIONS: ReadonlySet<string> = new Set(['GROUP_BUY', 'BARGAIN', 'PRESALE']);

function Extend({ one }: { one: PromotionDetail }) {
  const acts = usePromotionActs(one.id);
  const [endsAt, setEndsAt] = useState<string | null>(one.endsAt);
  const { afterOpenChange, inside } = usePopupFocus();
  const content = (
    <div className="stack tight">
      <InstantInput label="新的结束时间" value={endsAt} onChange={setEndsAt} />
      <ActionButton
        type="primary"
        done="改好了"
        disabled={endsAt === null || endsAt === one.endsAt}
        run={() => acts.extend(endsAt ?? '')}
      >
        改结束时间
      </ActionButton>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={inside(content)} afterOpenChange={afterOpenChange}>
      <Button>改结束时间</Button>
    </Popover>
  );
}

/** Only what may be done now. Whoever may not change the promotion sees none of it. */
function Acts({ one, mayAct }: { one: PromotionDetail; mayAct: boolean }) {
  const acts = usePromotionActs(one.id);
  const navigate = useNavigate();
  if (!mayAct) return null;
  if (one.canEdit)
    return (
      <>
        <ActionButton
          danger
          done="已删除"
          run={async () => {
            await acts.remove();
            await navigate('/promotions');
          }}
          confirm={{ title: '删掉这个草稿？', description: '删了就找不回来了。', okText: '删掉' }}
        >
          删除
        </ActionButton>
        <Button onClick={() => void navigate(`/promotions/${one.id}/edit`)} data-testid="promotion-edit">
          修改
        </Button>
      </>
    );
  if (one.state === 'ENDED') return null;
  return (
    <>
      <Extend one={one} />
      {one.state === 'PAUSED' ? (
        <ActionButton done="已恢复" run={acts.resume} testId="promotion-resume">
          恢复
        </ActionButton>
      ) : (
        <ActionButton
          done="已暂停"
          run={acts.pause}
          confirm={{ title: '暂停这个活动？', description: '新订单马上不再享受，随时可以恢复。', okText: '暂停' }}
          testId="promotion-pause"
        >
          暂停
        </ActionButton>
      )}
      <ActionButton
        danger
        done="已结束"
        run={acts.end}
        confirm={{ title: '现在就结束？', description: '结束后不能再开始，要再办请新建一个。', okText: '结束' }}
        testId="promotion-end"
      >
        结束
      </ActionButton>
    </>
  );
}

function Body({ one, play, mayAct }: { one: PromotionDetail; play: PlayView; mayAct: boolean }) {
  const [params, setParams] = useSearchParams();
  const tabs = [
    { key: 'facts', label: '内容', children: <FactsPanel one={one} play={play} /> },
    ...(mayAct ? [{ key: 'run', label: '试算和检查', children: <RunPanel one={one} /> }] : []),
    ...(one.state === 'DRAFT' ? [] : [{ key: 'effect', label: '效果', children: <EffectPanel id={one.id} /> }]),
    ...(one.state !== 'DRAFT' && WITH_SESSIONS.has(one.kind)
      ? [{ key: 'sessions', label: `${one.label}记录`, children: <SessionsPanel id={one.id} label={one.label} /> }]
      : []),
    ...(one.state === 'DRAFT' ? [] : [{ key: 'stores', label: '门店', children: <StoresPanel one={one} /> }]),
  ];
  const first = one.state === 'DRAFT' && mayAct ? 'run' : 'facts';
  const wanted = params.get('tab');
  return (
    <Tabs
      activeKey={tabs.some((tab) => tab.key === wanted) ? (wanted ?? first) : first}
      onChange={(tab) => setParams({ tab }, { replace: true })}
      items={tabs}
    />
  );
}

export default function PromotionPage() {
  const { id = '' } = useParams();
  const one = usePromotion(id);
  const plays = usePlays();
  const detail = one.data;
  const user = useMe();
  const mayAct = detail !== undefined && (user.role === 'HQ' || detail.owner.franchiseeId === user.franchiseeId);
  return (
    <PageFrame
      back="/promotions"
      title={
        detail ? (
          <span className="row">
            {detail.name}
            <Status tone={PROMOTION_TONE[detail.state]}>{detail.stateText}</Status>
          </span>
        ) : (
          '活动'
        )
      }
      hint={
        detail
          ? `${detail.label} · ${detail.text} · ${exactText(detail.startsAt).slice(0, 16)} 至 ${exactText(detail.endsAt).slice(0, 16)}`
          : ' '
      }
      actions={detail ? <Acts one={detail} mayAct={mayAct} /> : null}
    >
      <Loaded query={one} rows={10}>
        {(data) => (
          <Loaded query={plays} rows={10}>
            {(list) => {
              const play = list.find((candidate) => candidate.kind === data.kind);
              return play ? <Body one={data} play={play} mayAct={mayAct} /> : null;
            }}
          </Loaded>
        )}
      </Loaded>
    </PageFrame>
  );
}
