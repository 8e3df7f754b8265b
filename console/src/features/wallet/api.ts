import { useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Answer } from '../../lib/types';

export type Activity = Answer<'topUpActivities'>[number];
export type ActivityInput = Parameters<typeof api.console.createTopUpActivity>[0]['body'];
export type TopUp = Answer<'topUps'>['items'][number];
export type InStore = Answer<'inStorePayments'>['items'][number];
export type BalanceRefund = Answer<'walletRefunds'>['items'][number];
export type Adjustment = Answer<'adjustments'>['items'][number];
export type WalletSettings = Answer<'walletSettings'>;

export const useSummary = () => useQuery({ queryKey: ['asset-summary'], queryFn: () => api.console.assetSummary() });
export const useActivities = () =>
  useQuery({ queryKey: ['top-up-activities'], queryFn: () => api.console.topUpActivities() });
export const useWalletSettings = () =>
  useQuery({ queryKey: ['wallet-settings'], queryFn: () => api.console.walletSettings() });
export const useTopUps = (filters: { store?: string; state?: string }) =>
  usePages<TopUp>(['top-ups', filters], (page) =>
    api.console.topUps({
      query: { ...page, storeId: filters.store, state: filters.state as TopUp['state'] | undefined },
    }),
  );
export const useInStorePayments = (store: string | undefined) =>
  usePages<InStore>(['in-store-payments', store], (page) =>
    api.console.inStorePayments({ query: { ...page, storeId: store } }),
  );
export const useBalanceRefunds = (state: string | undefined) =>
  usePages<BalanceRefund>(['wallet-refunds', state], (page) =>
    api.console.walletRefunds({ query: { ...page, state: state as BalanceRefund['state'] | undefined } }),
  );
export const useAdjustments = (state: string | undefined) =>
  usePages<Adjustment>(['adjustments', state], (page) =>
    api.console.adjustments({ query: { ...page, state: state as Adjustment['state'] | undefined } }),
  );
