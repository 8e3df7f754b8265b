import { WxError } from './wx-types';

interface Reply {
  shuke?: string;
  id?: string;
  ok?: boolean;
  result?: unknown;
  errMsg?: string;
  type?: string;
  query?: Record<string, string>;
  path?: string;
}

const waiting = new Map<string, (reply: Reply) => void>();
type ShowListener = (query: Record<string, string>, path: string | undefined) => void;
const showListeners: ShowListener[] = [];
let isListening = false;
let sequence = 0;

/** True inside the phone frame of the simulator. */
export const inFrame = (): boolean => typeof window !== 'undefined' && window.parent !== window;

function listen(): void {
  if (isListening) return;
  isListening = true;
  window.addEventListener('message', (event: MessageEvent<Reply>) => {
    if (event.source !== window.parent || typeof event.data !== 'object' || event.data === null) return;
    const message = event.data;
    if (message.shuke === 'wx-reply' && message.id) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
    if (message.shuke === 'wx-event' && message.type === 'show')
      for (const listener of showListeners) listener(message.query ?? {}, message.path);
  });
}

/**
 * Calls the phone frame. Sheets wait for a person, so only calls that need nobody get a time limit.
 * @throws WxError with the frame's errMsg, or `<api>:fail no phone frame` outside a frame.
 */
export function callFrame<T>(api: string, args: object = {}, timeoutMs = 0): Promise<T> {
  if (!inFrame()) return Promise.reject(new WxError(`${api}:fail no phone frame`));
  listen();
  sequence += 1;
  const id = `${api}-${sequence}`;
  return new Promise((resolve, reject) => {
    const timer =
      timeoutMs > 0
        ? setTimeout(() => {
            waiting.delete(id);
            reject(new WxError(`${api}:fail no phone frame`));
          }, timeoutMs)
        : undefined;
    waiting.set(id, (reply) => {
      clearTimeout(timer);
      if (reply.ok) resolve(reply.result as T);
      else reject(new WxError(reply.errMsg ?? `${api}:fail`));
    });
    window.parent.postMessage({ shuke: 'wx', id, api, args }, '*');
  });
}

export function onFrameShow(listener: ShowListener): void {
  showListeners.push(listener);
  if (inFrame()) listen();
}
