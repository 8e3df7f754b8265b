import { View } from '@tarojs/components';
import type { ReactNode } from 'react';

/** A question that must be answered before anything else; the buttons are given by the caller. */
export function Dialog(props: {
  isOpen: boolean;
  title: string;
  children: ReactNode;
  actions: ReactNode;
  testId?: string;
}) {
  if (!props.isOpen) return null;
  return (
    <View className="dialog-layer" data-testid={props.testId}>
      <View className="dialog" role="alertdialog" aria-label={props.title}>
        <View className="dialog-title">{props.title}</View>
        <View className="dialog-body">{props.children}</View>
        <View className="dialog-actions">{props.actions}</View>
      </View>
    </View>
  );
}
