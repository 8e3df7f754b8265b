import { Button } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { countText } from '../../../lib/money';
import { useRefreshAssets } from '../../../lib/refresh';
import { useAllStores } from '../../../lib/stores';
import { ActionButton } from '../../../ui/action-button';
import { Money } from '../../../ui/money';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { type Activity, useActivities } from '../api';
import { ACTIVITY_STATE, ACTIVITY_TONE } from '../model';
import { ActivityDrawer } from './activity-drawer';

function limitText(one: Activity, storeName: (id: string) => string): string {
  const stores = one.storeIds === null ? '全部门店' : one.storeIds.map(storeName).join('、');
  const times =
    one.perMemberTimes === null
      ? '不限次数'
      : `每人${one.perMemberDays === null ? '' : ` ${one.perMemberDays} 天内`}最多 ${one.perMemberTimes} 次`;
  return `${stores} · ${times}`;
}

function ActivityCard({ one, onEdit }: { one: Activity; onEdit: () => void }) {
  const refresh = useRefreshAssets();
  const stores = useAllStores();
  const name = (id: string) => stores.data?.find((store) => store.id === id)?.name ?? '门店';
  const isLive = one.state === 'RUNNING' || one.state === 'WAITING';
  return (
    <section className="card" aria-label={one.name} data-testid="activity">
      <div className="card-head">
        <h2 className="row">
          {one.name}
          <span className="muted small num">第 {one.version} 版</span>
        </h2>
        <Status tone={ACTIVITY_TONE[one.state]}>{ACTIVITY_STATE[one.state]}</Status>
      </div>
      <div className="card-body stack tight">
        <div className="muted">
          <When at={one.startsAt} /> 起{one.endsAt ? '，到 ' : '，没有结束日'}
          {one.endsAt ? <When at={one.endsAt} /> : null}
          <div>{limitText(one, name)}</div>
        </div>
        <ul className="tier-list">
          {one.tiers.map((tier) => (
            <li key={tier.id}>
              <b>{tier.text}</b>
              <span className="muted small">
                {tier.bonusFen === 0
                  ? ''
                  : tier.bonusDays === null
                    ? '赠送长期有效'
                    : `赠送 ${tier.bonusDays} 天内有效`}
              </span>
            </li>
          ))}
        </ul>
        <div className="between">
          <span className="muted">
            已卖 <span className="num">{countText(one.topUpCount)}</span> 笔，
            <Money fen={one.topUpFen} />
          </span>
          {isLive ? (
            <div className="row">
              <ActionButton
                size="small"
                danger
                done="已停止"
                run={() => refresh(api.console.stopTopUpActivity({ params: { id: one.id } }))}
                confirm={{
                  title: '现在就停止？',
                  description: '顾客马上看不到这个活动；已经充的钱和赠送不变。',
                  okText: '停止',
                }}
                testId="activity-stop"
              >
                停止
              </ActionButton>
              <Button size="small" onClick={onEdit} data-testid="activity-edit">
                修改
              </Button>
            </div>
          ) : null}
        </div>
      </div>
    </section>
  );
}

/** Activities with their tiers; a changed one becomes a new version, earlier top-ups keep theirs. */
export function ActivityList() {
  const activities = useActivities();
  const [editing, setEditing] = useState<Activity | 'new' | null>(null);
  const create = (
    <Button type="primary" onClick={() => setEditing('new')} data-testid="activity-new">
      新建充值活动
    </Button>
  );
  return (
    <Loaded query={activities}>
      {(rows) => (
        <div className="stack">
          {rows.length === 0 ? (
            <div className="card">
              <Empty title="还没有充值活动" hint="建一个，顾客就能在小程序和门店充值。" action={create} />
            </div>
          ) : (
            <>
              <div className="row">{create}</div>
              <div className="grid" style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(380px, 1fr))' }}>
                {rows.map((one) => (
                  <ActivityCard key={one.id} one={one} onEdit={() => setEditing(one)} />
                ))}
              </div>
            </>
          )}
          {editing ? (
            <ActivityDrawer
              key={editing === 'new' ? 'new' : editing.id}
              activity={editing === 'new' ? null : editing}
              onClose={() => setEditing(null)}
            />
          ) : null}
        </div>
      )}
    </Loaded>
  );
}
