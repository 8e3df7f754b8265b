import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon } from './icon';

export interface CellProps {
  icon?: string;
  title: ReactNode;
  note?: ReactNode;
  value?: ReactNode;
  onTap?(): void;
  testId?: string;
}

/** A row that leads somewhere or shows one fact. */
export function Cell({ icon, title, note, value, onTap, testId }: CellProps) {
  return (
    <View
      className="cell"
      hoverClass={onTap ? 'cell-pressed' : 'none'}
      role={onTap ? 'button' : undefined}
      data-testid={testId}
      onClick={onTap}
    >
      {icon ? <Icon name={icon} className="cell-icon" /> : null}
      <View className="grow">
        <View className="cell-title">{title}</View>
        {note ? <View className="cell-note">{note}</View> : null}
      </View>
      {value ? <View className="cell-value">{value}</View> : null}
      {onTap ? <Icon name="right" size={16} className="soft" /> : null}
    </View>
  );
}

/** A titled block of a page. */
export function Section(props: { title: string; more?: ReactNode; children: ReactNode; testId?: string }) {
  return (
    <View className="section" data-testid={props.testId}>
      <View className="section-head">
        <View className="section-title">{props.title}</View>
        {props.more}
      </View>
      {props.children}
    </View>
  );
}
