import { Button, type ButtonProps, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { ActionFailed } from './states';

interface ReasonButtonProps extends Pick<ButtonProps, 'type' | 'danger' | 'size' | 'disabled'> {
  children: ReactNode;
  title: string;
  /** What will happen, said before it happens. */
  description?: ReactNode;
  label?: string;
  placeholder?: string;
  okText: string;
  min?: number;
  max?: number;
  run: (reason: string) => Promise<unknown>;
  testId?: string;
}

/** An act that is kept together with the words of the person who did it. */
export function ReasonButton(props: ReasonButtonProps) {
  const { children, title, description, okText, run, testId, min = 2, max = 100, label = '原因', ...rest } = props;
  const { placeholder, ...look } = rest;
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setOpen(false);
    setError(null);
  };
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      await run(reason.trim());
      setReason('');
      setOpen(false);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const isShort = reason.trim().length < min;
  const asked = testId ? `${testId}-confirm` : undefined;
  return (
    <>
      <Button {...look} onClick={() => setOpen(true)} data-testid={testId}>
        {children}
      </Button>
      <Modal
        title={title}
        open={isOpen}
        onCancel={close}
        onOk={() => void go()}
        okText={okText}
        cancelText="再想想"
        confirmLoading={isBusy}
        okButtonProps={{ danger: look.danger, disabled: isShort, 'data-testid': asked } as ButtonProps}
        width={460}
        destroyOnHidden
      >
        <div className="stack">
          {description ? <div>{description}</div> : null}
          <div>
            <Input.TextArea
              aria-label={label}
              rows={2}
              maxLength={max}
              showCount
              value={reason}
              placeholder={placeholder ?? `${label}（至少 ${min} 个字，会留在记录里）`}
              onChange={(event) => setReason(event.target.value)}
              data-testid={testId ? `${testId}-reason` : undefined}
            />
            {/* The line that the count of letters stands in, on its other side. */}
            <div className="small muted" style={{ minHeight: 22 }}>
              {isShort && reason !== '' ? `再写几个字，至少 ${min} 个` : null}
            </div>
          </div>
          <ActionFailed error={error} />
        </div>
      </Modal>
    </>
  );
}
