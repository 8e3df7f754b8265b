import { Popup } from 'antd-mobile';
import type { ReactNode } from 'react';
import { Button } from './button';
import { Icon } from './icon';

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  testId?: string;
  children: ReactNode;
}

/** A panel from the bottom edge, within reach of the thumb. */
export function Sheet({ title, isOpen, onClose, testId, children }: Props) {
  return (
    <Popup visible={isOpen} onMaskClick={onClose} onClose={onClose} destroyOnClose>
      <div role="dialog" aria-modal="true" aria-label={title} data-testid={testId} style={{ display: 'contents' }}>
        <div className="sheet-head">
          <h2 className="ellipsis">{title}</h2>
          <Button look="icon" aria-label="关闭" onClick={onClose}>
            <Icon name="close" />
          </Button>
        </div>
        <div className="sheet-body">{children}</div>
      </div>
    </Popup>
  );
}
