/** Milliseconds a gateway waits for an answer unless told otherwise. */
export const DEFAULT_TIMEOUT_MS = 8_000;

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string | FormData;
  timeoutMs?: number;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
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
  const signal = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'error',
      signal,
    });
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    throw new NoAnswer(signal.aborted ? 'TIMEOUT' : 'NETWORK', error);
  }
}
