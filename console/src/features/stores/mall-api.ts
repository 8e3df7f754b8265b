import { useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Answer } from '../../lib/types';

export type MallSettings = Answer<'mallSettings'>;
export type Area = Answer<'storeArea'>;
export type Overlap = Answer<'areaOverlaps'>[number];
export type Service = Answer<'storeService'>;
export type Closing = Answer<'closings'>['items'][number];
export type ClosingOrder = Answer<'closing'>['orders'][number];
export type Entry = Answer<'storeEntries'>['items'][number];
export type ListingRule = Answer<'listingRules'>[number];
export type PricePlan = Answer<'pricePlans'>['items'][number];
export type PriceChange = Answer<'priceHistory'>['items'][number];

export const useMallSettings = () =>
  useQuery({ queryKey: ['mall', 'settings'], queryFn: () => api.console.mallSettings() });
export const useArea = (id: string) =>
  useQuery({ queryKey: ['mall', 'area', id], queryFn: () => api.console.storeArea({ params: { id } }) });
export const useOverlaps = (city: string | undefined) =>
  useQuery({ queryKey: ['mall', 'overlaps', city], queryFn: () => api.console.areaOverlaps({ query: { city } }) });
export const useService = (id: string) =>
  useQuery({ queryKey: ['mall', 'service', id], queryFn: () => api.console.storeService({ params: { id } }) });
export const useClosings = () =>
  usePages<Closing>(['mall', 'closings'], (page) => api.console.closings({ query: page }));
export const useClosing = (id: string) =>
  useQuery({ queryKey: ['mall', 'closing', id], queryFn: () => api.console.closing({ params: { id } }) });
export const useClosingPreview = (id: string) =>
  useQuery({
    queryKey: ['mall', 'closing-preview', id],
    queryFn: () => api.console.closingPreview({ params: { id } }),
  });
export const useEntries = (store: string | undefined, rule: string | undefined) =>
  usePages<Entry>(['mall', 'entries', store, rule], (page) =>
    api.console.storeEntries({ query: { ...page, storeId: store, rule: rule as Entry['rule'] | undefined } }),
  );
export const useEntrySummary = (store: string | undefined) =>
  useQuery({
    queryKey: ['mall', 'entry-summary', store],
    queryFn: () => api.console.entrySummary({ query: { storeId: store } }),
  });
export const useListingRules = () =>
  useQuery({ queryKey: ['mall', 'listing-rules'], queryFn: () => api.console.listingRules() });
export const usePricePlans = (id: string) =>
  usePages<PricePlan>(['mall', 'plans', id], (page) => api.console.pricePlans({ params: { id }, query: page }));
export const usePriceHistory = (id: string, productId?: string) =>
  usePages<PriceChange>(['mall', 'prices', id, productId], (page) =>
    api.console.priceHistory({ params: { id }, query: { ...page, productId } }),
  );
export const useFeeds = (storeId: string) =>
  useQuery({ queryKey: ['mall', 'feeds', storeId], queryFn: () => api.console.stockFeeds({ query: { storeId } }) });
