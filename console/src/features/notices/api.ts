import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Answer } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export type NoticeKind = Answer<'noticeKinds'>['items'][number];
export type WechatTemplate = Answer<'wechatTemplates'>['items'][number];
export type Notice = Answer<'notices'>['items'][number];
export interface TemplateChoice {
  templateId: string;
  isOn: boolean;
  keywords: { key: string; field: string }[];
}

export const NOTICE_FILTERS = ['tab', 'kind', 'state', 'q'] as const;
type NoticeFilters = Filters<(typeof NOTICE_FILTERS)[number]>;

export const useNoticeKinds = () => useQuery({ queryKey: ['notice-kinds'], queryFn: () => api.console.noticeKinds() });

/** Read from WeChat when somebody is about to choose. */
export const useWechatTemplates = (isWanted: boolean) =>
  useQuery({ queryKey: ['wechat-templates'], queryFn: () => api.console.wechatTemplates(), enabled: isWanted });

export function useSetTemplate(kind: NoticeKind['kind'] | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: TemplateChoice) => {
      if (kind) await api.console.setNoticeTemplate({ params: { kind }, body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['notice-kinds'] }),
  });
}

export const useNotices = (filters: NoticeFilters) =>
  usePages<Notice>(['notices', filters], (page) =>
    api.console.notices({
      query: {
        ...page,
        kind: filters.kind as Notice['kind'] | undefined,
        state: filters.state as Notice['state'] | undefined,
        q: filters.q,
      },
    }),
  );
