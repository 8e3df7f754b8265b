import type { Tone } from '../../ui/status';
import type { Notice, NoticeKind, WechatTemplate } from './api';

export const STATE_TONE: Record<Notice['state'], Tone> = {
  WAITING: 'idle',
  SENDING: 'go',
  SENT: 'good',
  UNKNOWN: 'warn',
  NO_CONSENT: 'off',
  STOPPED: 'off',
  DROPPED: 'off',
  FAILED: 'bad',
};

/** What a keyword of WeChat’s template can hold, by the type in its key: thing1 holds what fits a thing. */
export const fieldsFor = (kind: NoticeKind, key: string): NoticeKind['fields'] =>
  kind.fields.filter(({ types }) => types.includes(key.replace(/\d+$/, '')));

/** Fields to begin with: what is chosen already, else the field named like the keyword, else the only one that fits. */
export function guessFields(kind: NoticeKind, template: WechatTemplate): Record<string, string | undefined> {
  const chosen = kind.template?.templateId === template.templateId ? kind.template.keywords : [];
  const used = new Set<string>();
  const guesses: Record<string, string | undefined> = {};
  for (const { key, label } of template.keywords) {
    const fitting = fieldsFor(kind, key);
    const alike = fitting.find(({ title }) => label.includes(title) || title.includes(label));
    const free = fitting.filter(({ field }) => !used.has(field));
    const field =
      chosen.find((one) => one.key === key)?.field ?? alike?.field ?? (free.length === 1 ? free[0]?.field : undefined);
    if (field) used.add(field);
    guesses[key] = field;
  }
  return guesses;
}

/** Whether a kind of message is being sent, in words. */
export function standingOf({ template }: NoticeKind): { text: string; tone: Tone } {
  if (!template) return { text: '未配置', tone: 'off' };
  if (!template.isOn) return { text: '已停用', tone: 'off' };
  if (template.isPaused) return { text: '已暂停', tone: 'bad' };
  return template.problem ? { text: '有问题', tone: 'warn' } : { text: '发送中', tone: 'good' };
}
