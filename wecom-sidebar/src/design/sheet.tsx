import { Popup } from 'antd-mobile';
import type { ReactNode } from 'react';
import { Button } from './button';
import { Icon } from './icon';
import { useDialogFocus } from './use-dialog-focus';

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  testId?: string;
  children: ReactNode;
}

/** What the popup draws when it is ready to, so that the focus finds it. */
function Panel({ title, isOpen, onClose, testId, children }: Props) {
  const keyboard = useDialogFocus<HTMLDivElement>(isOpen, onClose);
  return (
    <div
      className="sheet"
      role="dialog"
      aria-modal="true"
      aria-label={title}
      tabIndex={-1}
      data-testid={testId}
      {...keyboard}
    >
      <div className="sheet-head">
        <h2 className="ellipsis">{title}</h2>
        <Button look="icon" aria-label="关闭" onClick={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <div className="sheet-body">{children}</div>
    </div>
  );
}

/** A panel from the bottom edge, within reach of the thumb. */
export function Sheet(props: Props) {
  return (
    <Popup visible={props.isOpen} onMaskClick={props.onClose} onClose={props.onClose} destroyOnClose>
      <Panel {...props} />
    </Popup>
  );
}
