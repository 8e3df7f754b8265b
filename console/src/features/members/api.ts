import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Answer, OrderRow } from '../../lib/types';

export type Person = Answer<'members'>['items'][number];
export type MemberDetail = Answer<'member'>;
export type MemberEvent = Answer<'memberTimeline'>['items'][number];
export type Candidate = Answer<'mergeCandidates'>['items'][number];
export type Preview = Answer<'previewMerge'>;
export type ConsentChange = Answer<'memberConsents'>['changes'][number];
export type Merge = Answer<'merge'>;
export type Anomaly = Answer<'identityAnomalies'>['items'][number];
export type GuideChange = Answer<'guideChanges'>['items'][number];
export type Avatar = Answer<'avatars'>['items'][number];
export type SharedPhone = Answer<'sharedPhones'>['items'][number];
export type Policy = Answer<'memberPolicy'>;
export type AssetEntry = Answer<'memberAssetEntries'>['items'][number];
export type AssetKind = 'WALLET' | 'POINTS' | 'GROWTH';
type Kind = Person['identities'][number]['kind'];

export const useMembers = (q: string | undefined, kind: string | undefined) =>
  usePages<Person>(['members', q, kind], (page) =>
    api.console.members({ query: { ...page, q, kind: kind as Kind | undefined } }),
  );
export const useMember = (id: string) =>
  useQuery({ queryKey: ['member', id], queryFn: () => api.console.member({ params: { id } }) });
export const useMemberAssets = (id: string) =>
  useQuery({ queryKey: ['member', id, 'assets'], queryFn: () => api.console.memberAssets({ params: { id } }) });
export const useAssetEntries = (id: string, asset: AssetKind) =>
  usePages<AssetEntry>(['member', id, 'entries', asset], (page) =>
    api.console.memberAssetEntries({ params: { id }, query: { ...page, asset } }),
  );
export const useTimeline = (id: string) =>
  usePages<MemberEvent>(['member', id, 'timeline'], (page) =>
    api.console.memberTimeline({ params: { id }, query: page }),
  );
export const usePastConsents = (id: string, at: string) =>
  useQuery({
    queryKey: ['member', id, 'consents', at],
    queryFn: () => api.console.memberConsents({ params: { id }, query: { at } }),
  });
export const useMemberOrders = (id: string) =>
  usePages<OrderRow>(['member', id, 'orders'], (page) => api.console.orders({ query: { ...page, memberId: id } }));

export const useCandidates = (state: string | undefined, minScore: number | undefined) =>
  usePages<Candidate>(['merge-candidates', state, minScore], (page) =>
    api.console.mergeCandidates({ query: { ...page, state: (state ?? 'OPEN') as Candidate['state'], minScore } }),
  );
export const useCandidate = (id: string) =>
  useQuery({ queryKey: ['merge-candidate', id], queryFn: () => api.console.mergeCandidate({ params: { id } }) });
export const usePreview = (fromId: string, intoId: string, isOn: boolean) =>
  useQuery({
    queryKey: ['merge-preview', fromId, intoId],
    queryFn: () => api.console.previewMerge({ body: { fromId, intoId } }),
    enabled: isOn,
    staleTime: 0,
  });
export const useMerges = (filters: { cause?: string; undone?: string }) =>
  usePages<Merge>(['merges', filters], (page) =>
    api.console.merges({
      query: {
        ...page,
        cause: filters.cause as Merge['cause'] | undefined,
        isUndone: filters.undone === undefined ? undefined : filters.undone === '1',
      },
    }),
  );
export const useAnomalies = (filters: { day?: string; settled?: string }) =>
  usePages<Anomaly>(['anomalies', filters], (page) =>
    api.console.identityAnomalies({
      query: { ...page, day: filters.day, isSettled: filters.settled === '1' },
    }),
  );
export const useGuideChanges = (state: string | undefined) =>
  usePages<GuideChange>(['guide-changes', state], (page) =>
    api.console.guideChanges({ query: { ...page, state: state as GuideChange['state'] | undefined } }),
  );
export const useAvatars = (isDecided: boolean) =>
  usePages<Avatar>(['avatars', isDecided], (page) => api.console.avatars({ query: { ...page, isDecided } }));
export const useSharedPhones = () =>
  usePages<SharedPhone>(['shared-phones'], (page) => api.console.sharedPhones({ query: page }));
export const usePolicy = () => useQuery({ queryKey: ['member-policy'], queryFn: () => api.console.memberPolicy() });
export const useDeskUsers = (isOn: boolean) =>
  useQuery({ queryKey: ['desk-users'], queryFn: () => api.console.deskUsers(), enabled: isOn });

/** Anything that changes who is one person makes every list of people stale. */
export function useRefreshPeople() {
  const client = useQueryClient();
  return async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      const keys = ['members', 'member', 'merge-candidates', 'merge-candidate', 'merge-preview', 'merges'];
      const rest = ['anomalies', 'guide-changes', 'avatars', 'shared-phones', 'member-policy', 'desk-users'];
      await Promise.all([...keys, ...rest].map((key) => client.invalidateQueries({ queryKey: [key] })));
    }
  };
}
