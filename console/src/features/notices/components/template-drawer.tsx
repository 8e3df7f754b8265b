import { Alert, Form, Select, Switch } from 'antd';
import { FormDrawer } from '../../../ui/form-drawer';
import { Empty, Loaded } from '../../../ui/states';
import { type NoticeKind, useSetTemplate, useWechatTemplates, type WechatTemplate } from '../api';
import { fieldsFor, guessFields } from '../model';

interface TemplateForm {
  templateId?: string;
  isOn: boolean;
  fields: Record<string, string | undefined>;
}

/** One keyword of the template and what fills it; only what fits its type is offered, because WeChat refuses the rest. */
function Keyword({ kind, keyword }: { kind: NoticeKind; keyword: WechatTemplate['keywords'][number] }) {
  const options = fieldsFor(kind, keyword.key).map(({ field, title, sample }) => ({
    value: field,
    label: `${title}（如：${sample}）`,
  }));
  return (
    <Form.Item
      name={['fields', keyword.key]}
      label={keyword.label}
      extra={options.length === 0 ? '这类通知没有能放进这个关键词的内容，请换一个模板' : `关键词 ${keyword.key}`}
      rules={[{ required: true, message: '请选择填什么' }]}
    >
      <Select options={options} placeholder="填什么" data-testid={`keyword-${keyword.key}`} />
    </Form.Item>
  );
}

/** Chooses one of the brand’s templates for a kind of message, and what fills each of its keywords. */
export function TemplateDrawer({ kind, onClose }: { kind: NoticeKind; onClose: () => void }) {
  const [form] = Form.useForm<TemplateForm>();
  const templates = useWechatTemplates(true);
  const save = useSetTemplate(kind.kind);
  const templateId = Form.useWatch('templateId', form) ?? kind.template?.templateId;
  const template = templates.data?.items.find((one) => one.templateId === templateId);
  const isGone = templates.data !== undefined && templateId !== undefined && !template;
  const choose = (id: string) => {
    const next = templates.data?.items.find((one) => one.templateId === id);
    if (next) form.setFieldsValue({ fields: guessFields(kind, next) });
  };
  const submit = (values: TemplateForm) =>
    save.mutateAsync({
      templateId: values.templateId ?? '',
      isOn: values.isOn,
      keywords: (template?.keywords ?? []).map(({ key }) => ({ key, field: values.fields[key] ?? '' })),
    });
  const chosen = Object.fromEntries((kind.template?.keywords ?? []).map(({ key, field }) => [key, field]));
  return (
    <FormDrawer<TemplateForm>
      title={kind.title}
      isOpen
      onClose={onClose}
      form={form}
      initial={{ templateId: kind.template?.templateId, isOn: kind.template?.isOn ?? true, fields: chosen }}
      submitText="保存"
      onSubmit={submit}
      testId="notice-template"
    >
      <p className="muted" style={{ marginBottom: 16 }}>
        顾客看到的说明：{kind.when}。模板先在微信公众平台「订阅消息」里选用，再到这里对应关键词。
      </p>
      {kind.template?.problem ? (
        <Alert type="warning" showIcon title={kind.template.problem} style={{ marginBottom: 16 }} />
      ) : null}
      <Loaded query={templates} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="还没有模板" hint="请先到微信公众平台「订阅消息」里选用模板。" />
          ) : (
            <>
              <Form.Item
                name="templateId"
                label="模板"
                extra={isGone ? '原来的模板在微信里找不到了，请重新选择' : undefined}
                rules={[{ required: true, message: '请选择模板' }]}
              >
                <Select
                  options={items.map(({ templateId: value, title, keywords }) => ({
                    value,
                    label: `${title}（${keywords.map(({ label }) => label).join('、')}）`,
                  }))}
                  onChange={choose}
                  data-testid="notice-template-id"
                />
              </Form.Item>
              {template?.keywords.map((keyword) => (
                <Keyword key={keyword.key} kind={kind} keyword={keyword} />
              ))}
            </>
          )
        }
      </Loaded>
      <Form.Item name="isOn" label="发送" valuePropName="checked">
        <Switch checkedChildren="开" unCheckedChildren="关" data-testid="notice-on" />
      </Form.Item>
    </FormDrawer>
  );
}
