import { DeleteOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, InputNumber, Select } from 'antd';
import { api } from '../../../lib/api';
import { useCouponChoices } from '../../../lib/coupon-choices';
import { useRefreshAssets } from '../../../lib/refresh';
import { useAllStores } from '../../../lib/stores';
import { clock } from '../../../platform/clock';
import { FormDrawer } from '../../../ui/form-drawer';
import { InstantInput } from '../../../ui/instant-input';
import { YuanInput } from '../../../ui/yuan-input';
import { type Activity, type ActivityInput, useWalletSettings } from '../api';
import { type TierDraft, tiersProblem, tierText } from '../model';

interface ActivityForm {
  name: string;
  startsAt: string;
  endsAt: string | null;
  storeIds: string[];
  perMemberTimes: number | null;
  perMemberDays: number | null;
  tiers: Partial<TierDraft>[];
}

const EMPTY_TIER: Partial<TierDraft> = { bonusFen: 0, points: 0, couponTemplateId: null, bonusDays: 365 };

const formOf = (one: Activity | null): ActivityForm => ({
  name: one?.name ?? '',
  startsAt: one?.startsAt ?? new Date(clock.now()).toISOString(),
  endsAt: one?.endsAt ?? null,
  storeIds: one?.storeIds ?? [],
  perMemberTimes: one?.perMemberTimes ?? null,
  perMemberDays: one?.perMemberDays ?? null,
  tiers: one ? one.tiers.map(({ id: _id, text: _text, ...tier }) => tier) : [EMPTY_TIER],
});

const inputOf = (form: ActivityForm): ActivityInput => ({
  name: form.name.trim(),
  startsAt: form.startsAt,
  endsAt: form.endsAt,
  storeIds: form.storeIds.length > 0 ? form.storeIds : null,
  perMemberTimes: form.perMemberTimes ?? null,
  perMemberDays: form.perMemberTimes ? (form.perMemberDays ?? null) : null,
  tiers: form.tiers.map((tier) => ({
    payFen: tier.payFen ?? 0,
    bonusFen: tier.bonusFen ?? 0,
    points: tier.points ?? 0,
    couponTemplateId: tier.couponTemplateId ?? null,
    bonusDays: tier.bonusDays ?? null,
  })),
});

function Tiers({ tiers, capFen }: { tiers: Partial<TierDraft>[]; capFen: number }) {
  const coupons = useCouponChoices();
  return (
    <Form.List
      name="tiers"
      rules={[
        {
          validator: async (_, rows: Partial<TierDraft>[]) => {
            const wrong = tiersProblem(rows, capFen);
            if (wrong) throw new Error(wrong);
          },
        },
      ]}
    >
      {(fields, { add, remove }) => (
        <div className="stack tight" style={{ marginBottom: 16 }}>
          {fields.map(({ key, name }) => {
            const tier = tiers[name] ?? {};
            return (
              <fieldset key={key} className="leg" data-testid="tier">
                <div className="row" style={{ alignItems: 'flex-start' }}>
                  <Form.Item name={[name, 'payFen']} label="充" className="grow">
                    <YuanInput testId="tier-pay" />
                  </Form.Item>
                  <Form.Item name={[name, 'bonusFen']} label="送" className="grow">
                    <YuanInput testId="tier-bonus" />
                  </Form.Item>
                  <Form.Item name={[name, 'points']} label="送积分" style={{ width: 110 }}>
                    <InputNumber min={0} max={1_000_000} precision={0} style={{ width: '100%' }} />
                  </Form.Item>
                  <Button
                    type="text"
                    aria-label="去掉这一档"
                    icon={<DeleteOutlined />}
                    disabled={fields.length === 1}
                    onClick={() => remove(name)}
                    style={{ marginTop: 30 }}
                  />
                </div>
                <div className="row" style={{ alignItems: 'flex-start' }}>
                  <Form.Item name={[name, 'couponTemplateId']} label="送券" className="grow">
                    <Select
                      allowClear
                      placeholder="不送"
                      options={(coupons.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
                    />
                  </Form.Item>
                  <Form.Item name={[name, 'bonusDays']} label="赠送几天有效" style={{ width: 160 }}>
                    <InputNumber
                      min={1}
                      max={3660}
                      precision={0}
                      suffix="天"
                      placeholder="长期"
                      style={{ width: '100%' }}
                    />
                  </Form.Item>
                </div>
                <div className="muted" data-testid="tier-text">
                  {tier.payFen
                    ? tierText(
                        { payFen: tier.payFen, bonusFen: tier.bonusFen ?? 0, points: tier.points ?? 0 },
                        Boolean(tier.couponTemplateId),
                      )
                    : '写上充多少，这里会显示顾客看到的话'}
                </div>
              </fieldset>
            );
          })}
          <Button disabled={fields.length >= 12} onClick={() => add(EMPTY_TIER)} data-testid="tier-add">
            再加一档
          </Button>
        </div>
      )}
    </Form.List>
  );
}

/** Makes an activity, or the next version of one. */
export function ActivityDrawer({ activity, onClose }: { activity: Activity | null; onClose: () => void }) {
  const [form] = Form.useForm<ActivityForm>();
  const typed = Form.useWatch([], form) as ActivityForm | undefined;
  const stores = useAllStores();
  const settings = useWalletSettings();
  const refresh = useRefreshAssets();
  const capFen = settings.data?.balanceCapFen ?? 0;
  const problem = typed ? tiersProblem(typed.tiers ?? [], capFen) : null;
  const submit = (values: ActivityForm) => {
    const body = inputOf(values);
    return refresh(
      activity
        ? api.console.changeTopUpActivity({ params: { id: activity.id }, body })
        : api.console.createTopUpActivity({ body }),
    );
  };
  return (
    <FormDrawer<ActivityForm>
      title={activity ? `修改「${activity.name}」` : '新建充值活动'}
      isOpen
      onClose={onClose}
      form={form}
      initial={formOf(activity)}
      submitText={activity ? `发布第 ${activity.version + 1} 版` : '发布'}
      onSubmit={submit}
      width={640}
      testId="activity-form"
    >
      <Form.Item name="name" label="活动名" rules={[{ required: true, whitespace: true, message: '写个名字' }]}>
        <Input maxLength={40} data-testid="activity-name" />
      </Form.Item>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Form.Item name="startsAt" label="开始" className="grow" rules={[{ required: true, message: '选一个时间' }]}>
          <InstantInput width="100%" />
        </Form.Item>
        <Form.Item
          name="endsAt"
          label="结束（不填就一直有）"
          className="grow"
          dependencies={['startsAt']}
          rules={[
            {
              validator: async (_, endsAt: string | null) => {
                if (endsAt && Date.parse(endsAt) <= Date.parse(form.getFieldValue('startsAt') ?? ''))
                  throw new Error('要晚于开始时间');
              },
            },
          ]}
        >
          <InstantInput width="100%" />
        </Form.Item>
      </div>
      <Form.Item name="storeIds" label="哪些门店（不选就是全部）">
        <Select
          mode="multiple"
          maxTagCount={3}
          options={(stores.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Form.Item name="perMemberTimes" label="每人最多几次（不填就不限）" className="grow">
          <InputNumber min={1} max={1000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="perMemberDays"
          label="几天之内（不填就是总共）"
          className="grow"
          dependencies={['perMemberTimes']}
          rules={[
            {
              validator: async (_, days: number | null) => {
                if (days && !form.getFieldValue('perMemberTimes')) throw new Error('先写每人最多几次');
              },
            },
          ]}
        >
          <InputNumber min={1} max={3660} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Tiers tiers={typed?.tiers ?? []} capFen={capFen} />
      {problem ? (
        <Alert
          type={form.isFieldTouched('tiers') ? 'error' : 'info'}
          showIcon
          title={problem}
          data-testid="tiers-problem"
        />
      ) : null}
      {activity && !problem ? (
        <Alert
          type="info"
          showIcon
          title={`已经有 ${activity.topUpCount} 笔按原来的档位充了，不会变`}
          description="新的一版只对之后的充值有效；退款也按充值时的那一版算。"
        />
      ) : null}
    </FormDrawer>
  );
}
