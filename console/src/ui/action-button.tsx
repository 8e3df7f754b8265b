import { CheckOutlined } from '@ant-design/icons';
import { Button, type ButtonProps, Popconfirm } from 'antd';
import { type ReactNode, useState } from 'react';
import { usePopupFocus } from './popup-focus';
import { ActionFailed } from './states';

interface ActionButtonProps extends Pick<ButtonProps, 'type' | 'danger' | 'size' | 'disabled' | 'icon'> {
  children: ReactNode;
  /** What the button says once it is done. */
  done: string;
  run: () => Promise<unknown>;
  /** The consequence, asked before running. */
  confirm?: { title: string; description: ReactNode; okText: string };
  testId?: string;
}

/** A button that shows its own busy, done and failed state in place. */
export function ActionButton(props: ActionButtonProps) {
  const { children, done, run, confirm, testId, ...look } = props;
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [error, setError] = useState<unknown>(null);
  const { afterOpenChange, inside } = usePopupFocus();
  const go = async () => {
    setState('busy');
    setError(null);
    try {
      await run();
      setState('done');
      setTimeout(() => setState('idle'), 2500);
    } catch (problem) {
      setError(problem);
      setState('idle');
    }
  };
  const button = (
    <Button
      {...look}
      icon={state === 'done' ? <CheckOutlined aria-hidden /> : look.icon}
      loading={state === 'busy'}
      onClick={confirm ? undefined : () => void go()}
      data-testid={testId}
    >
      {state === 'done' ? done : children}
    </Button>
  );
  return (
    <div className="stack tight" style={{ alignItems: 'flex-start' }}>
      {confirm ? (
        <Popconfirm
          title={confirm.title}
          description={inside(<div style={{ maxWidth: 300 }}>{confirm.description}</div>)}
          afterOpenChange={afterOpenChange}
          okText={confirm.okText}
          cancelText="再想想"
          okButtonProps={{ 'data-testid': testId ? `${testId}-confirm` : undefined } as ButtonProps}
          onConfirm={() => void go()}
          disabled={look.disabled}
        >
          {button}
        </Popconfirm>
      ) : (
        button
      )}
      <ActionFailed error={error} />
    </div>
  );
}
