import type { SimCore } from '../core/index.js';
import type { MessageContent, MessageSink, OutgoingMessage } from '../wecom/index.js';

/** A message as the windows and phones show it. */
export interface ChatMessage extends MessageContent {
  id: number;
  at: number;
  /** Empty for messages of the mini-program platform. */
  guideUserid: string;
  /** Empty for messages of the app to a guide. */
  consumerKey: string;
  from: 'guide' | 'consumer' | 'app' | 'system';
  channel: 'chat' | 'welcome' | 'mass' | 'app' | 'subscribe';
}

export type DeskEvent =
  | { type: 'message'; message: ChatMessage }
  | { type: 'contacts' }
  | { type: 'ui'; userid: string; action: string; detail: Record<string, unknown> };

interface Saved {
  next: number;
  messages: ChatMessage[];
  read: Record<string, number>;
}

const LIMIT = 20_000;

/** All chats, shared by the phone and the chat window; in memory, and in the state folder when there is one. */
export class ChatStore implements MessageSink {
  private saved: Saved = { next: 1, messages: [], read: {} };
  private listeners = new Set<(event: DeskEvent) => void>();

  constructor(private readonly core: SimCore) {
    core.state.register<Saved>(
      'chat',
      () => this.saved,
      (saved) => {
        this.saved = saved;
      },
    );
  }

  /** Takes what the platforms send out: welcome, mass and app messages. */
  post(message: OutgoingMessage): void {
    const { channel, guideUserid, consumerKey, ...content } = message;
    const from = channel === 'app' ? 'app' : 'guide';
    this.add({ ...content, channel, guideUserid, consumerKey: consumerKey ?? '', from });
  }

  add(message: Omit<ChatMessage, 'id' | 'at'>): ChatMessage {
    const made: ChatMessage = { ...message, id: this.saved.next, at: this.core.clock.now() };
    this.saved.next += 1;
    this.saved.messages.push(made);
    if (this.saved.messages.length > LIMIT) this.saved.messages.splice(0, this.saved.messages.length - LIMIT);
    this.core.state.touch('chat');
    this.emit({ type: 'message', message: made });
    return made;
  }

  find(filter: { guide?: string; consumer?: string; channel?: string }): ChatMessage[] {
    const guide = filter.guide?.toLowerCase();
    return this.saved.messages.filter(
      (message) =>
        (guide === undefined || message.guideUserid.toLowerCase() === guide) &&
        (filter.consumer === undefined || message.consumerKey === filter.consumer) &&
        (filter.channel === undefined || message.channel === filter.channel),
    );
  }

  markRead(reader: string, thread: string): void {
    this.saved.read[`${reader}|${thread}`] = this.saved.next - 1;
    this.core.state.touch('chat');
  }

  unread(reader: string, thread: string, messages: ChatMessage[], own: ChatMessage['from']): number {
    const seen = this.saved.read[`${reader}|${thread}`] ?? 0;
    return messages.filter((message) => message.id > seen && message.from !== own).length;
  }

  emit(event: DeskEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  listen(listener: (event: DeskEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** One line for the chat list. */
export function summaryOf(message: ChatMessage | undefined): string {
  if (!message) return '';
  if (message.kind === 'text') return message.text ?? '';
  const names = { miniprogram: '小程序', image: '图片', link: '链接', video: '视频', file: '文件', card: '通知' };
  return `[${names[message.kind]}] ${message.title ?? ''}`.trim();
}
