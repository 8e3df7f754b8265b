import { Button, Drawer, Form, type FormInstance } from 'antd';
import { type ReactNode, useState } from 'react';
import { ActionFailed } from './states';

interface FormDrawerProps<V extends object> {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  form: FormInstance<V>;
  initial: Partial<V>;
  submitText: string;
  /** Saves; a thrown problem is shown above the buttons and the drawer stays open. */
  onSubmit: (values: V) => Promise<unknown>;
  width?: number;
  children: ReactNode;
  testId?: string;
}

/** Edits one thing beside its list. Closes only after the server has said yes. */
export function FormDrawer<V extends object>(props: FormDrawerProps<V>) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (values: V) => {
    setBusy(true);
    setError(null);
    try {
      await props.onSubmit(values);
      props.onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const footer = (
    <div className="stack tight">
      <ActionFailed error={error} title="没有保存" />
      <div className="row">
        <Button type="primary" loading={isBusy} onClick={() => props.form.submit()} data-testid="form-submit">
          {props.submitText}
        </Button>
        <Button disabled={isBusy} onClick={props.onClose}>
          取消
        </Button>
      </div>
    </div>
  );
  return (
    <Drawer
      title={props.title}
      open={props.isOpen}
      onClose={props.onClose}
      size={props.width ?? 520}
      footer={footer}
      destroyOnHidden
      afterOpenChange={(open) => {
        if (!open) setError(null);
      }}
    >
      <Form<V>
        form={props.form}
        layout="vertical"
        initialValues={props.initial}
        onFinish={(values) => void submit(values)}
        scrollToFirstError
        requiredMark={false}
        data-testid={props.testId}
      >
        {props.children}
      </Form>
    </Drawer>
  );
}
