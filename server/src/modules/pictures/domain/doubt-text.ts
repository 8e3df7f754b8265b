/** Labels of the platform's content checks (reference/wechat-miniapp, content security), in words for who decides. */
const LABELS: Readonly<Record<number, string>> = {
  10001: '广告',
  20001: '时政',
  20002: '色情',
  20003: '辱骂',
  20006: '违法犯罪',
  20008: '欺诈',
  20012: '低俗',
  20013: '侵犯版权',
};

/** Why a picture waits for a person: the platform doubts something, or has not answered. */
export function doubtText(label: number | null): string {
  if (label === null) return '平台没有给出结果';
  const what = LABELS[label];
  return what ? `平台拿不准，可能是${what}` : '平台拿不准，没有说原因';
}
