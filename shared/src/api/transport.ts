export interface WireRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs?: number;
}
export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/**
 * The only thing that differs between weapp, browsers and tests. It rejects only when no HTTP answer came (no network,
 * timeout); any status is an answer.
 */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

/** What the client throws: an answer other than 2xx, or code NETWORK when no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly traceId: string | null,
    readonly detail: unknown,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

interface FetchResponse {
  status: number;
  headers: { forEach(visit: (value: string, name: string) => void): void };
  text(): Promise<string>;
}
type FetchLike = (url: string, init: object) => Promise<FetchResponse>;

/** Browsers (H5, sidebar, console) and Node. The mini-program brings its own transport over wx.request. */
export function fetchTransport(fetchLike?: FetchLike): Transport {
  return async (request) => {
    const go = fetchLike ?? (globalThis as unknown as { fetch: FetchLike }).fetch;
    const Controller = (globalThis as unknown as { AbortController: new () => { signal: unknown; abort(): void } })
      .AbortController;
    const timers = globalThis as unknown as {
      setTimeout(run: () => void, ms: number): unknown;
      clearTimeout(t: unknown): void;
    };
    const controller = new Controller();
    const timer = timers.setTimeout(() => controller.abort(), request.timeoutMs ?? 15_000);
    try {
      const response = await go(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body,
        signal: controller.signal,
      });
      const headers: Record<string, string> = {};
      response.headers.forEach((value, name) => {
        headers[name] = value;
      });
      return { status: response.status, headers, text: await response.text() };
    } finally {
      timers.clearTimeout(timer);
    }
  };
}
