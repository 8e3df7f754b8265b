import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { priceProblem } from '../../../lib/corridor';
import { useListings } from '../../../lib/listings';
import { moneyText } from '../../../lib/money';
import { useRefreshMall } from '../../../lib/refresh';
import { exactText } from '../../../lib/time';
import { ActionButton } from '../../../ui/action-button';
import { FormDrawer } from '../../../ui/form-drawer';
import { InstantInput } from '../../../ui/instant-input';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status, type Tone } from '../../../ui/status';
import { When } from '../../../ui/when';
import { YuanInput } from '../../../ui/yuan-input';
import { type PricePlan, usePricePlans } from '../mall-api';
import { PLAN_STATE } from '../mall-words';

const TONE: Record<PricePlan['state'], Tone> = {
  WAITING: 'idle',
  LIVE: 'good',
  ENDED: 'off',
  CANCELLED: 'off',
  REFUSED: 'warn',
};
interface PlanForm {
  skuId: string;
  priceFen: number | null;
  startsAt: string;
  endsAt: string | null;
  note: string;
}

function Cancel({ row }: { row: PricePlan }) {
  const refresh = useRefreshMall();
  if (row.state !== 'WAITING' && row.state !== 'LIVE') return null;
  return (
    <ActionButton
      size="small"
      done="已取消"
      run={() => refresh(api.console.cancelPricePlan({ params: { id: row.storeId, planId: row.id } }))}
      confirm={{
        title: '取消这个价格计划？',
        description: row.state === 'LIVE' ? '价格马上回到原来的。' : '到时不会变价。',
        okText: '取消计划',
      }}
    >
      取消
    </ActionButton>
  );
}

const PLANS: Column<PricePlan>[] = [
  {
    key: 'sku',
    title: '商品',
    width: 260,
    render: (row) => (
      <>
        {row.productName}
        <div className="muted small">
          {row.spec} · {row.skuCode}
        </div>
      </>
    ),
    text: (row) => `${row.skuCode} ${row.productName}`,
  },
  moneyColumn({ key: 'price', title: '价格', fen: (row) => row.priceFen }),
  {
    key: 'when',
    title: '什么时候',
    width: 260,
    render: (row) => (
      <>
        <When at={row.startsAt} /> 到 <When at={row.endsAt} none="一直" />
      </>
    ),
    text: (row) => `${exactText(row.startsAt)} - ${row.endsAt ? exactText(row.endsAt) : ''}`,
  },
  {
    key: 'state',
    title: '状态',
    width: 110,
    render: (row) => <Status tone={TONE[row.state]}>{PLAN_STATE[row.state]}</Status>,
    text: (row) => PLAN_STATE[row.state],
  },
  {
    key: 'note',
    title: '备注',
    width: 180,
    render: (row) => row.note || <span className="muted">—</span>,
    text: (row) => row.note,
  },
  { key: 'act', title: '', width: 110, isRight: true, render: (row) => <Cancel row={row} /> },
];

function PlanDrawer({ storeId, onClose }: { storeId: string; onClose: () => void }) {
  const [form] = Form.useForm<PlanForm>();
  const [q, setQ] = useState('');
  const listings = useListings(storeId, { q: q || undefined });
  const refresh = useRefreshMall();
  const skuId = Form.useWatch('skuId', form);
  const listing = listings.rows.find((one) => one.skus.some((sku) => sku.skuId === skuId));
  const options = listings.rows.map((one) => ({
    label: one.name,
    options: one.skus.map((sku) => ({ value: sku.skuId, label: `${one.name} ${sku.colour} / ${sku.size}` })),
  }));
  const submit = ({ priceFen, startsAt, endsAt, note, ...rest }: PlanForm) =>
    refresh(
      api.console.addPricePlan({
        params: { id: storeId },
        body: {
          ...rest,
          priceFen: priceFen ?? 0,
          startsAt,
          endsAt,
          note,
        },
      }),
    );
  return (
    <FormDrawer<PlanForm>
      title="新建价格计划"
      isOpen
      onClose={onClose}
      form={form}
      initial={{ priceFen: null, endsAt: null, note: '' }}
      submitText="建好计划"
      onSubmit={submit}
      testId="plan-form"
    >
      <Form.Item name="skuId" label="哪个规格" rules={[{ required: true, message: '选一个规格' }]}>
        <Select
          showSearch={{ onSearch: setQ, filterOption: false }}
          loading={listings.isFetching}
          options={options}
          placeholder="搜商品名或款号"
        />
      </Form.Item>
      <Form.Item
        name="priceFen"
        label="价格"
        extra={listing ? `总部允许 ${moneyText(listing.floorFen)}–${moneyText(listing.ceilingFen)}` : undefined}
        rules={[
          {
            validator: async (_, fen: number | null) => {
              const wrong = listing ? priceProblem(listing, fen) : null;
              if (wrong) throw new Error(wrong);
            },
          },
        ]}
      >
        <YuanInput />
      </Form.Item>
      <Form.Item name="startsAt" label="开始" rules={[{ required: true, message: '选一个时间' }]}>
        <InstantInput width="100%" />
      </Form.Item>
      <Form.Item name="endsAt" label="结束（不填就一直）">
        <InstantInput width="100%" />
      </Form.Item>
      <Form.Item name="note" label="备注（选填）">
        <Input maxLength={60} />
      </Form.Item>
    </FormDrawer>
  );
}

/** Prices of this store that change by themselves, and back again. */
export function PlanTab({ storeId }: { storeId: string }) {
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <ListCard
        name="price-plans"
        title="价格计划"
        pages={usePricePlans(storeId)}
        columns={PLANS}
        rowKey={(row) => row.id}
        rowTestId="plan-row"
        filters={
          <Button type="primary" onClick={() => setAdding(true)} data-testid="plan-new">
            新建价格计划
          </Button>
        }
        empty={<Empty title="没有价格计划" hint="想让价格到点自己变、到点自己回来，建一个计划。" />}
      />
      {isAdding ? <PlanDrawer storeId={storeId} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
