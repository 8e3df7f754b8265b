import { useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Answer } from '../../lib/types';

export type PointsRule = Answer<'pointsRule'>;
export type PointsGood = Answer<'pointsGoods'>['items'][number];
export type GoodInput = Parameters<typeof api.console.createPointsGood>[0]['body'];
export type Exchange = Answer<'pointsExchanges'>['items'][number];

export const usePointsRule = (isOn: boolean) =>
  useQuery({ queryKey: ['points-rule'], queryFn: () => api.console.pointsRule(), enabled: isOn });
export const usePointsGoods = (q: string | undefined) =>
  usePages<PointsGood>(['points-goods', q], (page) => api.console.pointsGoods({ query: { ...page, q } }));
export const useExchanges = (q: string | undefined) =>
  usePages<Exchange>(['points-exchanges', q], (page) => api.console.pointsExchanges({ query: { ...page, q } }));
