import { Button, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useAllStores } from '../../../lib/stores';
import { addDays, todayOf } from '../../../lib/time';
import type { Product } from '../../../lib/types';
import { clock } from '../../../platform/clock';
import { FormDrawer } from '../../../ui/form-drawer';
import { useCreateTask } from '../api';
import { AUDIENCES, type AudienceKind, DAYS_WORD, needs, unknownVariables, VARIABLES } from '../model';
import { BubblePreview } from './bubble-preview';
import { ProductPicker } from './product-picker';

interface TaskValues {
  title: string;
  reason: string;
  kind: AudienceKind;
  audienceProductId?: string;
  days?: number;
  productId?: string;
  words: string;
  period: [Dayjs, Dayjs];
  storeIds?: string[];
}

const inputOf = (values: TaskValues) => ({
  title: values.title.trim(),
  words: values.words.trim(),
  reason: values.reason.trim(),
  productId: values.productId ?? null,
  audience: {
    kind: values.kind,
    ...(needs(values.kind, 'product') ? { productId: values.audienceProductId } : {}),
    ...(needs(values.kind, 'days') ? { days: values.days } : {}),
  },
  startDay: values.period[0].format('YYYY-MM-DD'),
  endDay: values.period[1].format('YYYY-MM-DD'),
  ...(values.storeIds?.length ? { storeIds: values.storeIds } : {}),
});

function AudienceFields({ kind }: { kind: AudienceKind }) {
  return (
    <>
      <Form.Item name="kind" label="发给谁">
        <Select
          options={Object.entries(AUDIENCES).map(([value, { label }]) => ({ value, label }))}
          data-testid="task-audience"
        />
      </Form.Item>
      {needs(kind, 'product') ? (
        <Form.Item name="audienceProductId" label="看过哪件商品" rules={[{ required: true, message: '请选择商品' }]}>
          <ProductPicker label="看过哪件商品" />
        </Form.Item>
      ) : null}
      {needs(kind, 'days') ? (
        <Form.Item name="days" label={DAYS_WORD[kind]} rules={[{ required: true, message: '请填写 1–730 天' }]}>
          <InputNumber min={1} max={730} precision={0} suffix="天" style={{ width: 160 }} />
        </Form.Item>
      ) : null}
    </>
  );
}

function WordsField({ onInsert }: { onInsert: (variable: string) => void }) {
  return (
    <>
      <Form.Item
        name="words"
        label="话术"
        style={{ marginBottom: 6 }}
        rules={[
          { required: true, min: 2, message: '写几句导购会说的话' },
          {
            validator: (_, words: string) => {
              const unknown = unknownVariables(words ?? '');
              return unknown.length > 0
                ? Promise.reject(new Error(`没有「${unknown.join('、')}」这个变量，会原样发给顾客`))
                : Promise.resolve();
            },
          },
        ]}
      >
        <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 4, maxRows: 10 }} data-testid="task-words" />
      </Form.Item>
      <div className="row wrap" style={{ marginBottom: 20 }}>
        <span className="muted small">插入</span>
        {VARIABLES.map((name) => (
          <Button key={name} size="small" onClick={() => onInsert(name)}>
            {`{${name}}`}
          </Button>
        ))}
      </div>
    </>
  );
}

/** Drafts a task beside a live preview of what the customer will read. */
export function TaskForm({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<TaskValues>();
  const [product, setProduct] = useState<Product>();
  const create = useCreateTask();
  const stores = useAllStores();
  const words = Form.useWatch('words', form) ?? '';
  const kind = Form.useWatch('kind', form) ?? 'VIEWED_PRODUCT';
  const today = todayOf(clock.now());
  const insert = (name: string) => form.setFieldValue('words', `${form.getFieldValue('words') ?? ''}{${name}}`);
  return (
    <FormDrawer<TaskValues>
      title="新建任务"
      isOpen
      onClose={onClose}
      form={form}
      width={980}
      initial={{
        kind: 'VIEWED_PRODUCT',
        days: 7,
        words: '{称呼}您好，我是{门店}的{导购}。',
        period: [dayjs(addDays(today, 1)), dayjs(addDays(today, 7))],
      }}
      submitText="存为草稿"
      onSubmit={(values) => create(inputOf(values))}
      testId="task-form"
    >
      <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1fr) 340px', columnGap: 28, alignItems: 'start' }}>
        <div>
          <Form.Item
            name="title"
            label="任务名"
            rules={[{ required: true, min: 2, whitespace: true, message: '至少两个字' }]}
          >
            <Input maxLength={40} showCount placeholder="比如：羽绒新品到店邀约" data-testid="task-title" />
          </Form.Item>
          <Form.Item
            name="reason"
            label="为什么做"
            extra="导购会在任务里看到，先说服自己人"
            rules={[{ required: true, min: 2, message: '用一句话说明原因' }]}
          >
            <Input maxLength={80} showCount data-testid="task-reason" />
          </Form.Item>
          <AudienceFields kind={kind} />
          <WordsField onInsert={insert} />
          <Form.Item name="productId" label="带上商品卡片（选填）">
            <ProductPicker label="带上商品卡片" onPick={setProduct} testId="task-product" />
          </Form.Item>
          <Form.Item name="period" label="从哪天到哪天" rules={[{ required: true, message: '请选择日期' }]}>
            <DatePicker.RangePicker aria-label="从哪天到哪天" minDate={dayjs(today)} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="storeIds" label="哪些门店" extra="不选就是全部门店">
            <Select
              mode="multiple"
              allowClear
              maxTagCount="responsive"
              placeholder="全部门店"
              options={(stores.data ?? []).map((store) => ({ value: store.id, label: store.name }))}
              showSearch={{ optionFilterProp: 'label' }}
            />
          </Form.Item>
        </div>
        <div style={{ position: 'sticky', top: 0 }}>
          <BubblePreview words={words} product={product} />
        </div>
      </div>
    </FormDrawer>
  );
}
