import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { HashRouter, Navigate, Route, Routes } from 'react-router';
import { api } from '../data/api';
import { contactQuery } from '../data/queries';
import { SnackbarHost } from '../design/snackbar';
import { ProblemPane } from '../design/states';
import { CasePage, CasesPage } from '../features/after-sales';
import { ChatPage, ContactPage } from '../features/contact';
import { CounterPage } from '../features/counter';
import { CustomersPage } from '../features/customers';
import { EarningsPage } from '../features/earnings';
import { MePage } from '../features/me';
import { ReviewsPage } from '../features/reviews';
import { PickupDesk, StoreOrdersPage } from '../features/store-orders';
import { TodayPage } from '../features/today';
import type { WecomClient } from '../platform/wecom';
import { WecomContext } from '../platform/wecom-context';
import { flushReports } from '../sending/report';
import { forgetTrips } from '../session/login';
import { Shell } from './shell';
import { type Started, type StartResult, startApp } from './start';
import { Starting } from './starting';
import { OutsidePage } from './welcome';

function Pages({ started, isInside }: { started: Started; isInside: boolean }) {
  const home = started.isChat ? '/chat' : '/today';
  return (
    <HashRouter>
      <Routes>
        <Route path="/chat" element={<ChatPage firstContact={started.firstContact} />} />
        <Route path="/customers/:externalUserId" element={<ContactPage />} />
        <Route element={<Shell isBesideChat={started.isChat} isInside={isInside} />}>
          <Route path="/today" element={<TodayPage />} />
          <Route path="/customers" element={<CustomersPage />} />
          <Route path="/orders" element={<StoreOrdersPage />} />
          <Route path="/after-sales" element={<CasesPage />} />
          <Route path="/after-sales/:id" element={<CasePage />} />
          <Route path="/reviews" element={<ReviewsPage />} />
          <Route path="/counter" element={<CounterPage pickup={<PickupDesk />} />} />
          <Route path="/earnings" element={<EarningsPage />} />
          <Route path="/me" element={<MePage />} />
        </Route>
        <Route path="*" element={<Navigate to={home} replace />} />
      </Routes>
    </HashRouter>
  );
}

type Phase = { kind: 'STARTING' } | { kind: 'FAILED'; error: unknown } | StartResult;

function useStart(wecom: WecomClient, client: QueryClient) {
  const [phase, setPhase] = useState<Phase>({ kind: 'STARTING' });
  const [tries, setTries] = useState(0);
  const go = useCallback(() => {
    setPhase({ kind: 'STARTING' });
    startApp(wecom, api).then(
      (result) => {
        setPhase(result);
        if (result.kind !== 'READY') return;
        void flushReports(api);
        // The contact is on its way before the first screen is even drawn.
        result.firstContact?.then((id) => client.prefetchQuery(contactQuery(id))).catch(() => undefined);
      },
      (error: unknown) => setPhase({ kind: 'FAILED', error }),
    );
  }, [wecom, client]);
  useEffect(go, [go]);
  const retry = () => {
    forgetTrips();
    setTries((n) => n + 1);
    go();
  };
  const skipEntry = () => setPhase({ kind: 'READY', isChat: false, firstContact: null, entryProblem: null });
  return { phase, tries, retry, skipEntry };
}

function Screen({ wecom, client }: { wecom: WecomClient; client: QueryClient }) {
  const { phase, tries, retry, skipEntry } = useStart(wecom, client);
  if (phase.kind === 'STARTING' || phase.kind === 'LEAVING') return <Starting isLeaving={phase.kind === 'LEAVING'} />;
  if (phase.kind === 'OUTSIDE') return <OutsidePage />;
  if (phase.kind === 'FAILED') return <ProblemPane error={phase.error} onRetry={retry} tries={tries} />;
  if (phase.entryProblem) {
    return (
      <ProblemPane
        error={phase.entryProblem}
        onRetry={retry}
        tries={tries}
        action={
          <button type="button" className="btn btn-calm" onClick={skipEntry} data-testid="to-workbench">
            先用工作台
          </button>
        }
      />
    );
  }
  return <Pages started={phase} isInside={wecom.isInside} />;
}

/** The whole app; the WeCom client and the query cache come from outside so that tests can bring their own. */
export function App({ wecom, client }: { wecom: WecomClient; client: QueryClient }) {
  useEffect(() => {
    const back = () => void flushReports(api);
    window.addEventListener('online', back);
    return () => window.removeEventListener('online', back);
  }, []);
  return (
    <QueryClientProvider client={client}>
      <WecomContext.Provider value={wecom}>
        <Screen wecom={wecom} client={client} />
        <SnackbarHost />
      </WecomContext.Provider>
    </QueryClientProvider>
  );
}
