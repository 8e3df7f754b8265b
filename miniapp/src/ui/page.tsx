import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { type ReactNode, useEffect } from 'react';
import { useCell } from '@/lib/state';
import { paintChrome } from '@/platform/chrome';
import { brand, themeVariables } from '@/session/brand';
import { settings } from '@/session/settings';

export interface PageProps {
  children: ReactNode;
  className?: string;
  testId?: string;
  isTab?: boolean;
}

/** Root of every page: carries the brand's theme, the type size and light or dark. */
export function Page({ children, className = '', testId, isTab = false }: PageProps) {
  const { isBig, theme } = useCell(settings);
  const info = useCell(brand);
  useEffect(() => paintChrome(theme), [theme]);
  const style = info ? themeVariables(info.theme, (size) => Taro.pxTransform(size)) : {};
  const classes = ['page', `page-${theme}`, isBig ? 'page-big' : '', isTab ? 'page-tab' : '', className];
  return (
    <View className={classes.filter(Boolean).join(' ')} style={style} data-testid={testId}>
      {children}
    </View>
  );
}
