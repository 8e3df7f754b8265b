import { Form, Input, Select } from 'antd';
import { api } from '../../../lib/api';
import { useAllStores } from '../../../lib/stores';
import { FormDrawer } from '../../../ui/form-drawer';
import { useConnectors, useRefreshTills } from '../api';

interface Wish {
  connectorId: string;
  storeId: string;
  deviceNo: string;
  name: string;
  publicKey: string;
}
const needed = [{ required: true, message: '请填写' }];

/** Makes a machine a till; a known number gets the new key, its store and its name. */
export function TillForm({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [form] = Form.useForm<Wish>();
  const stores = useAllStores();
  const connectors = useConnectors(isOpen);
  const refresh = useRefreshTills();
  return (
    <FormDrawer<Wish>
      title="登记收银机"
      isOpen={isOpen}
      onClose={onClose}
      form={form}
      initial={{}}
      submitText="登记"
      onSubmit={async (wish) => {
        await refresh(api.console.registerPosDevice({ body: wish }));
        form.resetFields();
      }}
      testId="till-form"
    >
      <Form.Item name="connectorId" label="收银系统" rules={[{ required: true, message: '请选择' }]}>
        <Select
          loading={connectors.isPending}
          options={(connectors.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          placeholder="它属于哪套收银系统"
          data-testid="till-connector"
        />
      </Form.Item>
      <Form.Item name="storeId" label="门店" rules={[{ required: true, message: '请选择' }]}>
        <Select
          loading={stores.isPending}
          options={(stores.data ?? []).map((one) => ({ value: one.id, label: `${one.name} ${one.code}` }))}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="放在哪家店"
          data-testid="till-store"
        />
      </Form.Item>
      <Form.Item name="name" label="名称" rules={needed}>
        <Input maxLength={40} placeholder="例如：一楼 1 号台" data-testid="till-name" />
      </Form.Item>
      <Form.Item
        name="deviceNo"
        label="编号"
        extra="收银机上显示的编号，全品牌不重复。填已有的编号，就是给那台换新密钥、重新启用。"
        rules={[{ required: true, pattern: /^[A-Za-z0-9_-]{1,32}$/, message: '字母、数字、- 或 _，最多 32 位' }]}
      >
        <Input maxLength={32} placeholder="例如：HZ001-A1" data-testid="till-no" />
      </Form.Item>
      <Form.Item
        name="publicKey"
        label="公钥"
        extra="在收银机的「关于本机」里复制，43 位。它上传的每一笔都用对应的私钥签名。"
        rules={[{ required: true, pattern: /^[A-Za-z0-9_-]{43}$/, message: '应该是 43 位字母、数字、- 或 _' }]}
      >
        <Input.TextArea rows={2} maxLength={43} className="mono" data-testid="till-key" />
      </Form.Item>
    </FormDrawer>
  );
}
