/** A template of subscribe messages as the platform knows it. */
export interface SubscribeTemplate {
  templateId: string;
  title: string;
  /** A lasting template needs one accept; any other one accept for each message. */
  isLasting: boolean;
  keywords: { key: string; label: string; example: string }[];
}

const LASTING = 3;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads the list of gettemplate, whose keywords are the lines of one text: `商品:{{thing1.DATA}}`. */
export function templatesOf(data: unknown): SubscribeTemplate[] {
  const list = Array.isArray(data) ? (data as Record<string, unknown>[]) : [];
  return list.map((one) => {
    const examples = text(one['example']).split('\n');
    const keywords = text(one['content'])
      .split('\n')
      .flatMap((line, at) => {
        const found = /^(.*?)[:：]?\s*\{\{(\w+)\.DATA\}\}/.exec(line.trim());
        if (!found) return [];
        const [, label = '', key = ''] = found;
        return [{ key, label, example: (examples[at] ?? '').replace(/^.*?[:：]/, '').trim() }];
      });
    return {
      templateId: text(one['priTmplId']),
      title: text(one['title']),
      isLasting: Number(one['type']) === LASTING,
      keywords,
    };
  });
}
