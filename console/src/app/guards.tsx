import { ApiError } from '@shuke/shared/api';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { isRouteErrorResponse, Navigate, useLocation, useRouteError } from 'react-router';
import { useIsHq, useMeQuery, useToken } from '../lib/me';
import { Empty, LoadFailed } from '../ui/states';
import { Shell } from './shell';

/** Everything behind the login; after logging in the person lands where they wanted to go. */
export function SignedIn() {
  const token = useToken();
  const here = useLocation();
  const me = useMeQuery();
  if (token === null) {
    const back = here.pathname === '/' ? '' : `?back=${encodeURIComponent(here.pathname + here.search)}`;
    return <Navigate to={`/login${back}`} replace />;
  }
  if (me.data) return <Shell />;
  if (me.error && !(me.error instanceof ApiError && me.error.status === 401))
    return <LoadFailed error={me.error} onRetry={() => void me.refetch()} />;
  return <div aria-busy="true" role="status" aria-label="正在打开" />;
}

export function HqOnly({ children }: { children: ReactNode }) {
  if (useIsHq()) return <>{children}</>;
  return (
    <div className="card">
      <Empty
        title="这一页由总部管理"
        hint="你的账号是加盟商，看得到自己门店的订单、分账和对账单。"
        action={<Button href="#/">回到今日</Button>}
      />
    </div>
  );
}

/** A screen that broke or whose file could not be fetched (for example after an update of the console). */
export function RouteCrash() {
  const error = useRouteError();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <div className="card">
      <Empty
        title={isMissing ? '没有这个页面' : '这个页面没能打开'}
        hint={isMissing ? '地址可能写错了。' : '可能刚好更新了版本，刷新一次通常就好。'}
        action={<Button onClick={() => location.reload()}>刷新</Button>}
      />
    </div>
  );
}
