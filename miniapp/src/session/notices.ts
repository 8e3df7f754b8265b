import type { NoticeAsk, NoticeMoment } from '@shuke/shared/contracts';
import { api } from '@/lib/api-client';
import { randomKey } from '@/lib/random-key';
import { useQuery } from '@/lib/use-query';
import { wx } from '@/platform/wx';

/** ALLOWED at least one · DENIED all of them · OFF: WeChat did not ask, as when all of its messages are switched off. */
export type Consent = 'ALLOWED' | 'DENIED' | 'OFF';

const WORDS = { accept: 'ACCEPT', reject: 'REJECT', ban: 'BAN', filter: 'FILTER' } as const;

/**
 * Shows WeChat's sheet and tells the server what was answered. Only on a tap, and with templates that are known already: WeChat
 * refuses to ask after a request. Nothing here may stand in the way of what the person came for, so it never throws.
 */
export async function askConsent(templateIds: readonly string[]): Promise<Consent> {
  if (templateIds.length === 0 || !wx.isAvailable) return 'OFF';
  try {
    const said = await wx.subscribe([...templateIds]);
    const kept = await wx.keptAnswers().catch(() => ({}) as Record<string, string>);
    const answers = templateIds.flatMap((templateId) => {
      const answer = WORDS[said[templateId] as keyof typeof WORDS];
      return answer ? [{ templateId, answer, isAlways: kept[templateId] === said[templateId] }] : [];
    });
    if (answers.length === 0) return 'OFF';
    await api.mall.answerNotices({ body: { answers }, idempotencyKey: randomKey() });
    return answers.some(({ answer }) => answer === 'ACCEPT') ? 'ALLOWED' : 'DENIED';
  } catch {
    return 'OFF';
  }
}

const NOTHING: readonly NoticeAsk[] = [];

/** What may be asked for at a moment, fetched before the tap; null while it is not known. */
export function useAsks(moment: NoticeMoment): readonly NoticeAsk[] | null {
  const asks = useQuery(wx.isAvailable ? `notice-asks:${moment}` : null, () =>
    api.mall.noticeAsks({ query: { moment } }),
  );
  if (asks.data) return asks.data.items;
  return wx.isAvailable && !asks.trouble ? null : NOTHING;
}
