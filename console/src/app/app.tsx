import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { session } from '../lib/api';
import { createQueryClient } from '../lib/query';
import '../platform/shop-days';
import { createConsoleRouter } from './router';
import { theme } from './theme';

dayjs.locale('zh-cn');

/** The whole console. `retries` is lowered by tests, which do not want to wait for a second try. */
export function App({ retries = 1 }: { retries?: number }) {
  const [parts] = useState(() => {
    const client = createQueryClient(retries);
    // What one person loaded must not flash before the next one who logs in on the same computer.
    session.subscribe(() => client.clear());
    return { client, router: createConsoleRouter() };
  });
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={parts.client}>
        <RouterProvider router={parts.router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
