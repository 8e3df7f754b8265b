import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '../contracts/route.js';
import type { consoleRoutes } from '../contracts/routes-console.js';
import type { guideRoutes } from '../contracts/routes-guide.js';
import type { mallRoutes } from '../contracts/routes-mall.js';
import { type Operation, operations } from './operations.generated.js';
import { ApiError, type Transport } from './transport.js';

type Field<Name extends string, T> = [T] extends [undefined]
  ? { [K in Name]?: undefined }
  : object extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T };
type Key<R> = R extends { idempotent?: boolean } ? { idempotencyKey?: string } : object;
export type ArgsOf<R extends Route> = Field<'params', ParamsOf<R>> &
  Field<'query', QueryOf<R>> &
  Field<'body', BodyOf<R>> &
  Key<R> & { timeoutMs?: number };
type Call<R> = R extends Route
  ? object extends ArgsOf<R>
    ? (args?: ArgsOf<R>) => Promise<ResponseOf<R>>
    : (args: ArgsOf<R>) => Promise<ResponseOf<R>>
  : never;
type CallsOf<T> = { [K in keyof T]: Call<T[K]> };

/** One typed method per operation: `api.mall.products({ query: { storeId } })`. */
export interface Api {
  mall: CallsOf<typeof mallRoutes>;
  guide: CallsOf<typeof guideRoutes>;
  console: CallsOf<typeof consoleRoutes>;
}

export interface ApiOptions {
  /** Origin without a trailing slash; empty for same-origin browsers. */
  baseUrl: string;
  transport: Transport;
  /** Headers of every request, typically the bearer token. */
  headers?: () => Record<string, string>;
  /** Called once on 401; answering true repeats the request (after a new login). */
  onUnauthorized?: () => Promise<boolean>;
  /** Makes the Idempotency-Key of operations that need one and got none. */
  newKey?: () => string;
}

interface LooseArgs {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
  timeoutMs?: number;
}

function urlOf(base: string, path: string, args: LooseArgs): string {
  const filled = path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(String(args.params?.[name])));
  const pairs = Object.entries(args.query ?? {})
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return base + filled + (pairs.length > 0 ? `?${pairs.join('&')}` : '');
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const weakKey = () => `${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;

async function send(options: ApiOptions, operation: Operation, args: LooseArgs, isRetry: boolean): Promise<unknown> {
  const [method, path, isIdempotent] = operation;
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.() };
  if (isIdempotent) {
    args.idempotencyKey ??= (options.newKey ?? weakKey)();
    headers['idempotency-key'] = args.idempotencyKey;
  }
  const body = args.body === undefined ? undefined : JSON.stringify(args.body);
  if (body !== undefined) headers['content-type'] = 'application/json';
  const url = urlOf(options.baseUrl, path, args);
  const response = await options.transport({ method, url, headers, body, timeoutMs: args.timeoutMs }).catch(() => {
    throw new ApiError(0, 'NETWORK', '网络不太顺畅，请稍后再试', null, null);
  });
  const data = parse(response.text) as
    | { code?: string; message?: string; traceId?: string; detail?: unknown }
    | undefined;
  if (response.status >= 200 && response.status < 300) return data;
  if (response.status === 401 && !isRetry && (await options.onUnauthorized?.()))
    return send(options, operation, args, true);
  throw new ApiError(
    response.status,
    data?.code ?? `HTTP_${response.status}`,
    data?.message ?? '服务开小差了，请稍后再试',
    data?.traceId ?? null,
    data?.detail,
  );
}

/** Builds the client. It needs no Headers, Request, FormData or URL, which a mini-program lacks. */
export function createApi(options: ApiOptions): Api {
  const areas: Record<string, Record<string, (args?: LooseArgs) => Promise<unknown>>> = {};
  for (const [area, calls] of Object.entries(operations)) {
    const bound: Record<string, (args?: LooseArgs) => Promise<unknown>> = {};
    for (const [name, operation] of Object.entries(calls)) {
      bound[name] = (args) => send(options, operation as Operation, { ...args }, false);
    }
    areas[area] = bound;
  }
  return areas as unknown as Api;
}
