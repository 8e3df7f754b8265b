import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Milliseconds a gateway waits for an answer unless told otherwise. */
export const DEFAULT_TIMEOUT_MS = 8_000;

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string | FormData;
  timeoutMs?: number;
}

export interface HttpAnswer {
  status: number;
  /** By lower-case name, as node reads them; a list only where a header may come more than once. */
  headers: AnswerHeaders;
  body: Buffer;
}

/** No answer was read: the other side may or may not have acted. */
export class NoAnswer extends Error {
  constructor(
    readonly why: 'TIMEOUT' | 'NETWORK',
    cause: unknown,
  ) {
    super(why === 'TIMEOUT' ? 'no answer in time' : 'the connection failed', { cause });
    this.name = 'NoAnswer';
  }
}

/**
 * One request, one answer, never repeated here: whoever calls knows whether repeating is safe.
 * The timeout covers reading the body too, since a half-read answer is no answer.
 * @throws NoAnswer
 */
export async function exchange(request: HttpRequest): Promise<HttpAnswer> {
  const { body } = request;
  return body instanceof FormData ? viaFetch(request) : viaSocket(request, body);
}

const AGENTS = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

/** One header of an answer; null when it is missing or came more than once. */
export function headerOf({ headers }: Pick<HttpAnswer, 'headers'>, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}

/** Text goes out over kept connections of node's own client, which costs half of what fetch does. */
function viaSocket(request: HttpRequest, body: string | undefined): Promise<HttpAnswer> {
  const url = new URL(request.url);
  const isTls = url.protocol === 'https:';
  const bytes = body === undefined ? undefined : Buffer.from(body);
  return new Promise((resolve, reject) => {
    let isLate = false;
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(new NoAnswer(isLate ? 'TIMEOUT' : 'NETWORK', error));
    };
    const sent = (isTls ? httpsRequest : httpRequest)(
      url,
      {
        method: request.method,
        agent: isTls ? AGENTS['https:'] : AGENTS['http:'],
        headers: { ...request.headers, ...(bytes ? { 'content-length': bytes.length } : {}) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          if (status >= 300 && status < 400) return fail(new Error('redirected'));
          clearTimeout(timer);
          resolve({ status, headers: response.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    const timer = setTimeout(() => {
      isLate = true;
      sent.destroy(new Error('the time for an answer is over'));
    }, request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    sent.on('error', fail);
    sent.end(bytes);
  });
}

async function viaFetch(request: HttpRequest): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'error',
      signal,
    });
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    throw new NoAnswer(signal.aborted ? 'TIMEOUT' : 'NETWORK', error);
  }
}
