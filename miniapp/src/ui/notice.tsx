import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { Trouble } from '@/lib/errors';
import { goTab } from '@/lib/navigate';
import { Button } from './button';
import { Icon } from './icon';
import { useTellTrouble } from './page-trouble';

/** Why there is nothing here, and what to do next. */
export function Empty(props: { icon: string; title: string; text?: string; action?: ReactNode; testId?: string }) {
  return (
    <View className="notice" data-testid={props.testId ?? 'empty'}>
      <View className="notice-icon">
        <Icon name={props.icon} size={44} />
      </View>
      <View className="notice-title">{props.title}</View>
      {props.text ? <View className="notice-text">{props.text}</View> : null}
      {props.action ? <View className="notice-action">{props.action}</View> : null}
    </View>
  );
}

/** What went wrong, in words, with a way to try again. */
export function Failed({ trouble, onRetry }: { trouble: Trouble; onRetry(): void }) {
  useTellTrouble();
  // What is not there will not come by asking again.
  if (trouble.code === 'NOT_FOUND')
    return (
      <Empty
        icon="search"
        title="没有找到"
        text="它可能已经失效，或者被收回了"
        testId="failed"
        action={
          <Button kind="soft" onTap={() => goTab(0)} testId="go-home">
            去逛逛
          </Button>
        }
      />
    );
  return (
    <View className="notice" data-testid="failed" role="alert">
      <View className="notice-icon">
        <Icon name="alert" size={44} />
      </View>
      <View className="notice-title">{trouble.isOffline ? '网络走丢了' : '没能打开'}</View>
      <View className="notice-text">{trouble.message}</View>
      {trouble.traceId ? <View className="notice-trace">联系客服时请报编号 {trouble.traceId}</View> : null}
      <View className="notice-action">
        <Button kind="soft" onTap={onRetry} testId="retry">
          再试一次
        </Button>
      </View>
    </View>
  );
}

export interface ListEndProps {
  isLoadingMore: boolean;
  isEnd: boolean;
  onMore?(): void;
  text?: string;
}

/** The foot of a list: loading, more to come (a tap works where scrolling does not), or the end. */
export function ListEnd({ isLoadingMore, isEnd, onMore, text = '到底啦' }: ListEndProps) {
  if (isLoadingMore)
    return (
      <View className="list-end">
        <View className="spinner" />
        正在取更多
      </View>
    );
  if (isEnd) return <View className="list-end">{text}</View>;
  return onMore ? (
    <View className="list-end" role="button" data-testid="load-more" onClick={onMore}>
      查看更多
    </View>
  ) : null;
}

/** A strip above content: old data, a changed price, a hint. */
export function Strip(props: { tone: 'warn' | 'good' | 'info'; children: ReactNode; testId?: string }) {
  return (
    <View className={`strip strip-${props.tone}`} data-testid={props.testId}>
      <Icon name={props.tone === 'good' ? 'check' : 'info'} size={16} />
      <View className="grow">{props.children}</View>
    </View>
  );
}
