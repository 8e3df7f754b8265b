import { ScrollView, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon } from './icon';

export interface SheetProps {
  isOpen: boolean;
  title: string;
  onClose(): void;
  children: ReactNode;
  footer?: ReactNode;
  testId?: string;
}

/** A sheet from below: what it is about on top, the one action at the bottom, content scrolls between. */
export function Sheet({ isOpen, title, onClose, children, footer, testId }: SheetProps) {
  if (!isOpen) return null;
  return (
    <View className="sheet-layer" data-testid={testId}>
      <View className="sheet-shade" onClick={onClose} catchMove />
      <View className="sheet" role="dialog" aria-label={title}>
        <View className="sheet-head">
          <View className="sheet-title">{title}</View>
          <View className="sheet-close" role="button" aria-label="关闭" data-testid="sheet-close" onClick={onClose}>
            <Icon name="close" />
          </View>
        </View>
        <ScrollView scrollY className="sheet-body">
          {children}
        </ScrollView>
        {footer ? <View className="sheet-foot">{footer}</View> : null}
      </View>
    </View>
  );
}
