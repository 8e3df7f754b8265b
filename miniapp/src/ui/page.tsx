import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { clock } from '@/lib/clock';
import { timeText } from '@/lib/format';
import { arrived } from '@/lib/navigate';
import { staleSince } from '@/lib/stale';
import { useCell } from '@/lib/state';
import { reloadQueries } from '@/lib/use-query';
import { paintChrome } from '@/platform/chrome';
import { brand, themeVariables } from '@/session/brand';
import { settings } from '@/session/settings';
import { PageTrouble } from './page-trouble';

export interface PageProps {
  children: ReactNode;
  className?: string;
  testId?: string;
  isTab?: boolean;
}

/** What shows could not be refreshed: how old it is, and a way to try again. */
function StaleBar({ since }: { since: number }) {
  return (
    <View className="stale-bar" role="status" data-testid="stale-age">
      <View className="grow">网络走丢了，这是{timeText(new Date(since).toISOString(), clock.now())}的内容</View>
      <View className="stale-retry" role="button" data-testid="stale-retry" onClick={reloadQueries}>
        刷新
      </View>
    </View>
  );
}

/** Root of every page: carries the brand's theme, the type size and light or dark. */
export function Page({ children, className = '', testId, isTab = false }: PageProps) {
  const { isBig, theme } = useCell(settings);
  const info = useCell(brand);
  const since = useCell(staleSince);
  const [failures, setFailures] = useState(0);
  const tell = useCallback(() => {
    setFailures((count) => count + 1);
    return () => setFailures((count) => count - 1);
  }, []);
  useEffect(arrived, []);
  useEffect(() => paintChrome(theme), [theme]);
  const style = info ? themeVariables(info.theme, (size) => Taro.pxTransform(size)) : {};
  const classes = ['page', `page-${theme}`, isBig ? 'page-big' : '', isTab ? 'page-tab' : '', className];
  return (
    <View className={classes.filter(Boolean).join(' ')} style={style} data-testid={testId}>
      <PageTrouble.Provider value={tell}>{children}</PageTrouble.Provider>
      {since === null || failures > 0 ? null : <StaleBar since={since} />}
    </View>
  );
}
