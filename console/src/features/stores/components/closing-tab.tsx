import { Alert, Button, Input, InputNumber, Radio, Select, Steps } from 'antd';
import { useRef, useState } from 'react';
import { api, newKey } from '../../../lib/api';
import { countText } from '../../../lib/money';
import { useRefreshMall } from '../../../lib/refresh';
import type { Store } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { Money } from '../../../ui/money';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { useClosingPreview, useClosings } from '../mall-api';
import { ClosingCard } from './closing-card';

/** The way on and back through the wizard; the steps above lead there too. */
function Next({ onBack, onNext }: { onBack?: () => void; onNext: () => void }) {
  return (
    <div className="row">
      {onBack ? <Button onClick={onBack}>上一步</Button> : null}
      <Button type="primary" onClick={onNext} data-testid="closing-next">
        下一步
      </Button>
    </div>
  );
}

/** What a store still owes, where its pickups could go, and then the closing itself. */
function Wizard({ store }: { store: Store }) {
  const preview = useClosingPreview(store.id);
  const refresh = useRefreshMall();
  const key = useRef(newKey());
  const [step, setStep] = useState(0);
  const [toStoreId, setTarget] = useState<string | null>(null);
  const [answerDays, setDays] = useState(3);
  const [reason, setReason] = useState('');
  const start = () =>
    refresh(
      api.console.startClosing({
        params: { id: store.id },
        body: { toStoreId, answerDays, reason: reason.trim() },
        idempotencyKey: key.current,
      }),
    );
  return (
    <Card title="关店">
      <Loaded query={preview}>
        {(data) => (
          <div className="stack" data-testid="closing-wizard">
            <Steps
              size="small"
              current={step}
              onChange={setStep}
              items={[{ title: '还欠着什么' }, { title: '自提换到哪' }, { title: '确认' }]}
            />
            {step === 0 ? (
              <>
                <dl className="pairs">
                  <dt>待付款</dt>
                  <dd>{data.pendingPay} 单，会直接关闭</dd>
                  <dt>待发货</dt>
                  <dd>{data.toShip} 单，照常发完</dd>
                  <dt>待自提</dt>
                  <dd>{data.toPickup} 单，要换一家店或退款</dd>
                  <dt>在路上</dt>
                  <dd>{data.shipped} 单，不受影响</dd>
                  <dt>积分礼品</dt>
                  <dd>{data.presents} 份等人来取，没取的退回积分</dd>
                  <dt>没完成的钱</dt>
                  <dd>
                    <Money fen={data.openFen} strong />
                  </dd>
                </dl>
                <span className="muted">关店开始后，顾客不能再在这家店下新单。</span>
                <Next onNext={() => setStep(1)} />
              </>
            ) : null}
            {step === 1 ? (
              <>
                <Radio.Group
                  className="stack tight"
                  value={toStoreId}
                  onChange={(event) => setTarget(event.target.value)}
                  options={[
                    { value: null, label: '不换店，自提单都退款' },
                    ...data.targets.map((one) => ({
                      value: one.storeId,
                      label: `${one.storeName}，${(one.distanceM / 1000).toFixed(1)} 公里，${one.movable} / ${data.toPickup} 单货都有${one.isSameOwner ? '' : '（别的加盟商）'}`,
                    })),
                  ]}
                />
                <div className="row">
                  给顾客
                  <InputNumber
                    min={1}
                    max={30}
                    precision={0}
                    suffix="天"
                    value={answerDays}
                    onChange={(days) => setDays(days ?? 3)}
                    style={{ width: 110 }}
                  />
                  答复，不答复就退款
                </div>
                <Next onBack={() => setStep(0)} onNext={() => setStep(2)} />
              </>
            ) : null}
            {step === 2 ? (
              <>
                <Alert
                  type="warning"
                  showIcon
                  title={`${store.name} 将停止接单`}
                  description={`${data.toPickup} 笔自提单${toStoreId ? `会问顾客愿不愿意到「${data.targets.find((one) => one.storeId === toStoreId)?.storeName}」取，${answerDays} 天不答复就退款` : '会全部退款'}；${data.toShip} 笔待发货照常发完${data.presents > 0 ? `；${data.presents} 份积分礼品 ${answerDays} 天内还能来取，没取的退回 ${countText(data.presentPoints)} 积分` : ''}。`}
                />
                <Input
                  value={reason}
                  maxLength={60}
                  placeholder="为什么关店（顾客看得到）"
                  onChange={(event) => setReason(event.target.value)}
                />
                <ActionButton
                  type="primary"
                  danger
                  done="已开始关店"
                  disabled={reason.trim().length < 2}
                  run={start}
                  confirm={{
                    title: '现在开始关店？',
                    description: '可以取消，但已经换了店的自提单不会回来。',
                    okText: '开始关店',
                  }}
                  testId="closing-start"
                >
                  开始关店
                </ActionButton>
              </>
            ) : null}
          </div>
        )}
      </Loaded>
    </Card>
  );
}

export function ClosingTab({ store }: { store: Store }) {
  const closings = useClosings();
  const mine = closings.rows.filter((one) => one.storeId === store.id);
  const isRunning = mine.some((one) => one.state === 'RUNNING');
  return (
    <div className="stack">
      {mine.map((one) => (
        <ClosingCard key={one.id} id={one.id} />
      ))}
      {isRunning || closings.isPending ? null : <Wizard store={store} />}
    </div>
  );
}

/** Chooses the store first, where no store is at hand. */
export function StoreChoice(props: { stores: readonly Store[]; onPick: (id: string) => void }) {
  return (
    <Select
      placeholder="选择门店"
      options={props.stores.map((one) => ({ value: one.id, label: one.name }))}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={props.onPick}
      style={{ width: 280 }}
      data-testid="store-choice"
    />
  );
}
