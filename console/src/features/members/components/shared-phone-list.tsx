import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { ActionButton } from '../../../ui/action-button';
import { FormDrawer } from '../../../ui/form-drawer';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import { type SharedPhone, useRefreshPeople, useSharedPhones } from '../api';
import { readPhones } from '../model';

const KIND: Record<SharedPhone['kind'], string> = { EMPLOYEE: '员工', STORE: '门店', OTHER: '其他' };
interface PhoneForm {
  text: string;
  kind: SharedPhone['kind'];
  note: string;
}

function Remove({ row }: { row: SharedPhone }) {
  const refresh = useRefreshPeople();
  return (
    <ActionButton
      size="small"
      done="已移除"
      run={() => refresh(api.console.removeSharedPhone({ params: { id: row.id } }))}
      confirm={{ title: '移除这个号码？', description: '以后它又能用来认定是同一个人。', okText: '移除' }}
    >
      移除
    </ActionButton>
  );
}

const COLUMNS: Column<SharedPhone>[] = [
  {
    key: 'phone',
    title: '手机号',
    width: 150,
    render: (row) => <span className="num">{row.phoneMasked}</span>,
    text: (row) => row.phoneMasked,
  },
  { key: 'kind', title: '是谁的', width: 90, render: (row) => KIND[row.kind], text: (row) => KIND[row.kind] },
  {
    key: 'note',
    title: '备注',
    width: 220,
    render: (row) => row.note || <span className="muted">—</span>,
    text: (row) => row.note,
  },
  { key: 'by', title: '谁加的', width: 120, render: (row) => row.addedBy, text: (row) => row.addedBy },
  { key: 'at', title: '时间', width: 120, render: (row) => <When at={row.at} /> },
  { key: 'act', title: '', width: 110, isRight: true, render: (row) => <Remove row={row} /> },
];

/** Phones of employees and stores: many people gave them, so they prove nobody. */
export function SharedPhoneList() {
  const phones = useSharedPhones();
  const refresh = useRefreshPeople();
  const [form] = Form.useForm<PhoneForm>();
  const [isOpen, setOpen] = useState(false);
  const add = ({ text, kind, note }: PhoneForm) =>
    refresh(api.console.addSharedPhones({ body: { phones: readPhones(text).phones, kind, note: note.trim() } }));
  const check = (_: unknown, text: string) => {
    const { phones: read, wrong } = readPhones(text ?? '');
    if (wrong.length > 0) return Promise.reject(new Error(`「${wrong[0]}」不是 11 位手机号`));
    return read.length === 0 ? Promise.reject(new Error('至少填一个手机号')) : Promise.resolve();
  };
  return (
    <>
      <ListCard
        name="shared-phones"
        title="公用手机号"
        pages={phones}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        filters={
          <Button onClick={() => setOpen(true)} data-testid="phones-add">
            添加号码
          </Button>
        }
        empty={<Empty title="还没有公用手机号" hint="店员代填过的手机号加进来，就不会把不同的顾客认成一个人。" />}
      />
      <FormDrawer<PhoneForm>
        title="添加公用手机号"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        form={form}
        initial={{ text: '', kind: 'EMPLOYEE', note: '' }}
        submitText="添加"
        onSubmit={add}
      >
        <Form.Item
          name="text"
          label="手机号"
          extra="可以一次贴很多个，用空格、逗号或换行隔开"
          rules={[{ validator: check }]}
        >
          <Input.TextArea rows={5} className="num" />
        </Form.Item>
        <Form.Item name="kind" label="是谁的">
          <Radio.Group options={Object.entries(KIND).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="note" label="备注（选填）">
          <Input maxLength={60} />
        </Form.Item>
      </FormDrawer>
    </>
  );
}
