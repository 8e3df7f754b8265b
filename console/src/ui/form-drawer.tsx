import { Button, Drawer, Form, type FormInstance } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { ActionFailed } from './states';
import { UNREADABLE, UnreadableFields, useUnreadable } from './unreadable';
import { useFocusBack } from './use-focus-back';

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

/** Enter in a field of plain text means done; in a list or calendar it chooses, in a longer text it begins a line. */
const isDone = ({ key, nativeEvent, target }: KeyboardEvent): boolean =>
  key === 'Enter' &&
  !nativeEvent.isComposing &&
  target instanceof HTMLInputElement &&
  !['checkbox', 'radio', 'file'].includes(target.type) &&
  target.closest('.ant-select, .ant-picker') === null;

/** Edits one thing beside its list. Closes only after the server has said yes. */
export function FormDrawer<V extends object>(props: FormDrawerProps<V>) {
  useFocusBack();
  const [isBusy, setBusy] = useState(false);
  // A key that is pressed again is quicker than the drawing that says busy.
  const isSending = useRef(false);
  const [error, setError] = useState<unknown>(null);
  // Somebody wanted to close a form with changes: they are asked in place, nothing is thrown away.
  const [isLeaving, setLeaving] = useState(false);
  const { hasUnreadable, report } = useUnreadable();
  const [isRefused, setRefused] = useState(false);
  const leave = () => {
    if (props.form.isFieldsTouched() && !isLeaving) setLeaving(true);
    else props.onClose();
  };
  const submit = async (values: V) => {
    if (isSending.current) return;
    setRefused(hasUnreadable);
    if (hasUnreadable) return;
    isSending.current = true;
    setBusy(true);
    setError(null);
    try {
      await props.onSubmit(values);
      props.onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      isSending.current = false;
      setBusy(false);
    }
  };
  const footer = (
    <div className="stack tight">
      <ActionFailed error={error} title="没有保存" />
      {isRefused && hasUnreadable ? (
        <span className="danger" role="alert" data-testid="form-unreadable">
          {UNREADABLE}
        </span>
      ) : null}
      {isLeaving ? (
        <span className="warn" role="alert" data-testid="form-unsaved">
          改动还没有保存，再点一次关闭就不要了。
        </span>
      ) : null}
      <div className="row">
        <Button type="primary" loading={isBusy} onClick={() => props.form.submit()} data-testid="form-submit">
          {props.submitText}
        </Button>
        <Button disabled={isBusy} danger={isLeaving} onClick={leave}>
          {isLeaving ? '不保存，关闭' : '取消'}
        </Button>
      </div>
    </div>
  );
  return (
    <Drawer
      title={props.title}
      open={props.isOpen}
      onClose={leave}
      size={props.width ?? 520}
      footer={footer}
      destroyOnHidden
      afterOpenChange={(open) => {
        if (open) return;
        setError(null);
        setLeaving(false);
      }}
    >
      <Form<V>
        form={props.form}
        layout="vertical"
        initialValues={props.initial}
        onFinish={(values) => void submit(values)}
        onValuesChange={() => setLeaving(false)}
        onKeyDown={(event) => {
          if (!isDone(event)) return;
          // Else the browser would send a form of one field a second time.
          event.preventDefault();
          props.form.submit();
        }}
        scrollToFirstError
        requiredMark={false}
        data-testid={props.testId}
      >
        <UnreadableFields value={report}>{props.children}</UnreadableFields>
      </Form>
    </Drawer>
  );
}
