/** What a message shows, whoever sends it. */
export interface MessageContent {
  kind: 'text' | 'miniprogram' | 'image' | 'link' | 'video' | 'file' | 'card';
  text?: string;
  title?: string;
  description?: string;
  picUrl?: string;
  page?: string;
  url?: string;
  buttonText?: string;
  items?: { key: string; value: string }[];
}

/** How messages leave the platform for the chat windows; the desk's chat store takes them. */
export interface OutgoingMessage extends MessageContent {
  guideUserid: string;
  consumerKey?: string;
  channel: 'chat' | 'welcome' | 'mass' | 'app';
}

export interface MessageSink {
  post(message: OutgoingMessage): void;
}

type Json = Record<string, unknown>;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Turns the text and attachments of a welcome or mass message into single chat messages. */
export function messagesOf(
  body: { text?: unknown; attachments?: unknown },
  mediaUrl: (mediaId: string) => string | undefined,
): MessageContent[] {
  const out: MessageContent[] = [];
  const content = text((body.text as Json | undefined)?.content);
  if (content) out.push({ kind: 'text', text: content });
  for (const item of Array.isArray(body.attachments) ? (body.attachments as Json[]) : []) {
    const kind = String(item.msgtype);
    const part = (item[kind] ?? {}) as Json;
    const media = text(part.media_id) ?? text(part.pic_media_id);
    const picUrl = text(part.pic_url) ?? text(part.picurl) ?? (media ? mediaUrl(media) : undefined);
    if (kind === 'image') out.push({ kind: 'image', picUrl });
    if (kind === 'link') {
      out.push({ kind: 'link', title: text(part.title), description: text(part.desc), url: text(part.url), picUrl });
    }
    if (kind === 'miniprogram')
      out.push({ kind: 'miniprogram', title: text(part.title), page: text(part.page), picUrl });
    if (kind === 'video' || kind === 'file') out.push({ kind, title: kind === 'video' ? '视频' : '文件', url: picUrl });
  }
  return out;
}
