import { View } from '@tarojs/components';
import type { ReactNode } from 'react';

export interface ButtonProps {
  children: ReactNode;
  onTap(): void;
  kind?: 'primary' | 'soft' | 'quiet' | 'bad';
  isSmall?: boolean;
  isBlock?: boolean;
  isBusy?: boolean;
  isDisabled?: boolean;
  testId?: string;
}

/** One strong (primary) button per screen. While busy it shows so and takes no second tap. */
export function Button(props: ButtonProps) {
  const { children, onTap, kind = 'primary', isSmall, isBlock, isBusy, isDisabled, testId } = props;
  const classes = ['btn', `btn-${kind}`, isSmall && 'btn-small', isBlock && 'btn-block', isDisabled && 'btn-off'];
  return (
    <View
      className={classes.filter(Boolean).join(' ')}
      hoverClass={isDisabled || isBusy ? 'none' : 'btn-pressed'}
      role="button"
      aria-disabled={Boolean(isDisabled || isBusy)}
      data-testid={testId}
      onClick={(event) => {
        event.stopPropagation?.();
        if (!isBusy && !isDisabled) onTap();
      }}
    >
      {isBusy ? <View className="spinner" /> : null}
      {children}
    </View>
  );
}
