import { DeleteOutlined } from '@ant-design/icons';
import { Alert, Button, Form, InputNumber, Radio, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { api } from '../../../lib/api';
import { exactCount, moneyText } from '../../../lib/money';
import { useRefreshAssets } from '../../../lib/refresh';
import { useCategories } from '../../../lib/stores';
import { optionsOf } from '../../../lib/words';
import { ActionButton } from '../../../ui/action-button';
import { BpInput } from '../../../ui/bp-input';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { YuanInput } from '../../../ui/yuan-input';
import { type PointsRule, usePointsRule } from '../api';
import { draftOf, EXPIRY, exampleOf, missingNumber, PARTY, type RuleDraft, ruleProblem, sentencesOf } from '../model';

const EXAMPLE_FEN = 100_000;

function Earning() {
  const categories = useCategories();
  const options = (categories.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  return (
    <>
      <Form.Item name="earnFenPerPoint" label="实付多少得 1 积分">
        <YuanInput most={1_000_000} testId="points-earn" />
      </Form.Item>
      <Form.Item name="birthdayMultiplierBp" label="生日当天几倍">
        <BpInput unit="倍" min={10_000} max={100_000} />
      </Form.Item>
      <Form.Item name="dailyCap" label="一天最多得多少（不填就不限）">
        <InputNumber min={1} max={10_000_000} precision={0} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item
        name="isInstantUse"
        label="收货后马上能用"
        valuePropName="checked"
        extra="关着就等过了售后期再生效，退货时不用追回"
      >
        <Switch />
      </Form.Item>
      <Form.List name="categoryMultipliers">
        {(fields, { add, remove }) => (
          <Form.Item label="特别的品类">
            <div className="stack tight">
              {fields.map(({ key, name }) => (
                <div key={key} className="row">
                  <Form.Item name={[name, 'categoryId']} noStyle rules={[{ required: true, message: '选一个品类' }]}>
                    <Select aria-label="品类" options={options} placeholder="品类" style={{ width: 160 }} />
                  </Form.Item>
                  <Form.Item name={[name, 'multiplierBp']} noStyle>
                    <BpInput label="这个品类几倍" unit="倍" min={0} max={100_000} />
                  </Form.Item>
                  <Button type="text" aria-label="去掉" icon={<DeleteOutlined />} onClick={() => remove(name)} />
                </div>
              ))}
              <Button onClick={() => add({ multiplierBp: 20_000 })} style={{ alignSelf: 'flex-start' }}>
                添加品类
              </Button>
            </div>
          </Form.Item>
        )}
      </Form.List>
    </>
  );
}

function Using({ expiry }: { expiry: RuleDraft['expiry'] | undefined }) {
  return (
    <>
      <Form.Item name="fenPerPointBp" label="1 积分抵几分钱">
        <BpInput unit="分" whole={100} min={1} max={1_000_000} />
      </Form.Item>
      <Form.Item name="multiple" label="每次用多少的整倍数">
        <InputNumber min={1} max={100_000} precision={0} suffix="积分" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="maxShareBp" label="最多抵商品金额的">
        <BpInput unit="%" whole={100} min={0} max={10_000} />
      </Form.Item>
      <Form.Item name="expiry" label="有效期">
        <Radio.Group options={optionsOf(EXPIRY)} />
      </Form.Item>
      <Form.Item name="expiryDays" label="得到后几天内有效" hidden={expiry !== 'ROLLING_DAYS'}>
        <InputNumber min={1} max={3660} precision={0} suffix="天" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="yearEndGraceYears" label="哪一年的年底" hidden={expiry !== 'YEAR_END'}>
        <Select
          style={{ width: 160 }}
          options={['今年', '明年', '后年'].map((label, value) => ({ value, label: `${label}年底` }))}
        />
      </Form.Item>
      <Form.List name="bearers">
        {(fields, { add, remove }) => (
          <Form.Item label="抵掉的钱谁承担">
            <div className="stack tight">
              {fields.map(({ key, name }) => (
                <div key={key} className="row">
                  <Form.Item name={[name, 'party']} noStyle>
                    <Select aria-label={`第 ${name + 1} 方`} options={optionsOf(PARTY)} style={{ width: 130 }} />
                  </Form.Item>
                  <Form.Item name={[name, 'bp']} noStyle>
                    <BpInput
                      label={`第 ${name + 1} 方承担`}
                      unit="%"
                      whole={100}
                      min={0}
                      max={10_000}
                      testId="points-bearer"
                    />
                  </Form.Item>
                  <Button
                    type="text"
                    aria-label="去掉"
                    icon={<DeleteOutlined />}
                    disabled={fields.length === 1}
                    onClick={() => remove(name)}
                  />
                </div>
              ))}
              {fields.length < 3 ? (
                <Button onClick={() => add({ party: 'FRANCHISEE', bp: 0 })} style={{ alignSelf: 'flex-start' }}>
                  添加一方
                </Button>
              ) : null}
            </div>
          </Form.Item>
        )}
      </Form.List>
    </>
  );
}

const Lines = ({ lines }: { lines: readonly ReactNode[] }) => (
  <ul className="sentences">
    {lines.map((line) => (
      <li key={String(line)}>{line}</li>
    ))}
  </ul>
);

/** The draft as people will live with it. */
function InWords({ draft, nameOf }: { draft: RuleDraft; nameOf: (categoryId: string) => string }) {
  const example = exampleOf(draft, EXAMPLE_FEN);
  return (
    <>
      <div data-testid="points-sentences">
        <Lines lines={sentencesOf(draft, nameOf)} />
      </div>
      <div className="muted" style={{ marginTop: 8 }}>
        举例：实付 {moneyText(EXAMPLE_FEN)} 得 {exactCount(example.points)} 积分，值 {moneyText(example.backFen)}。
      </div>
    </>
  );
}

function Editor({ rule }: { rule: PointsRule }) {
  const [form] = Form.useForm<RuleDraft>();
  const typed = Form.useWatch([], { form, preserve: true }) as Partial<RuleDraft> | undefined;
  const draft: RuleDraft = { ...draftOf(rule), ...typed };
  const categories = useCategories();
  const refresh = useRefreshAssets();
  const nameOf = (id: string) => categories.data?.find((one) => one.id === id)?.name ?? '这个品类';
  const problem = ruleProblem(draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(rule));
  const publish = async () => {
    const values = await form.validateFields();
    await refresh(
      api.console.setPointsRule({ body: { ...draftOf(rule), ...values, dailyCap: values.dailyCap ?? null } }),
    );
  };
  return (
    <Form form={form} layout="vertical" initialValues={draftOf(rule)} requiredMark={false} data-testid="points-form">
      <div
        className="grid"
        style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) minmax(300px, 0.9fr)', alignItems: 'start' }}
      >
        <Card
          title="怎么得"
          extra={
            <Form.Item name="isOn" valuePropName="checked" noStyle>
              <Switch checkedChildren="积分开着" unCheckedChildren="积分关着" />
            </Form.Item>
          }
        >
          <Earning />
        </Card>
        <Card title="怎么用">
          <Using expiry={draft.expiry} />
        </Card>
        <div className="stack" style={{ position: 'sticky', top: 68 }}>
          <Card title={isChanged ? '改成这样' : `现在的规则（第 ${rule.version} 版）`}>
            {missingNumber(draft) ? null : <InWords draft={draft} nameOf={nameOf} />}
            <div className="stack tight" style={{ marginTop: 12 }}>
              {problem ? <Alert type="error" showIcon title={problem} data-testid="points-problem" /> : null}
              <ActionButton
                type="primary"
                done="已发布"
                disabled={!isChanged || problem !== null}
                run={publish}
                confirm={{
                  title: `发布第 ${rule.version + 1} 版？`,
                  description: '从现在起的订单按新规则；已得的积分不变。',
                  okText: '发布',
                }}
                testId="points-publish"
              >
                发布新规则
              </ActionButton>
            </div>
          </Card>
        </div>
      </div>
    </Form>
  );
}

/** The rule beside what it says in plain sentences, before anybody lives with it. */
export function RuleBoard() {
  const rule = usePointsRule(true);
  return <Loaded query={rule}>{(data) => <Editor key={data.version} rule={data} />}</Loaded>;
}
