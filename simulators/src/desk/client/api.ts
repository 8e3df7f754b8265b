/// <reference lib="dom" />

async function answer<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T & { error?: string; message?: string };
  if (!response.ok) throw new Error(body.error ?? body.message ?? String(response.status));
  return body;
}

export const get = async <T>(path: string): Promise<T> => answer<T>(await fetch(path));

export const post = async <T>(path: string, body: unknown = {}): Promise<T> =>
  answer<T>(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );

export interface DeskEvent {
  type: 'message' | 'contacts' | 'ui';
  message?: { guideUserid: string; consumerKey: string; channel: string };
  userid?: string;
  action?: string;
  detail?: Record<string, unknown>;
}

/** Live updates; the browser reconnects by itself. */
export function live(listener: (event: DeskEvent) => void): void {
  const source = new EventSource('/desk/events');
  source.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as DeskEvent);
}
