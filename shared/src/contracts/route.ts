import type { Static, TObject, TSchema } from '@sinclair/typebox';

/** Who may call a route at all; which rows they see is decided by the use case (product.md E1). */
export type Audience = 'public' | 'consumer' | 'guide' | 'hq' | 'franchisee' | 'console' | 'pos';

export interface RouteSchemas {
  params?: TObject;
  query?: TObject;
  body?: TSchema;
  response: TSchema;
}

/**
 * One HTTP operation as plain data: the server binds, validates and guards it, OpenAPI and the typed client are
 * generated from it. Routes use GET/POST/PUT/DELETE only, because wx.request knows no PATCH.
 */
export interface Route<S extends RouteSchemas = RouteSchemas> extends RouteOptions {
  /** Dotted name, unique: it is the operation's name in the client. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  audience: Audience;
  summary: string;
  schemas: S;
}

export interface RouteOptions {
  /** The caller must send an Idempotency-Key header; a repeat gets the first answer. */
  idempotent?: boolean;
  /** Guides only with the manager's rights. */
  managerOnly?: boolean;
}

type Wire<T extends TSchema | undefined> = T extends TSchema ? Static<T> : undefined;
export type ParamsOf<R extends Route> = Wire<R['schemas']['params']>;
export type QueryOf<R extends Route> = Wire<R['schemas']['query']>;
export type BodyOf<R extends Route> = Wire<R['schemas']['body']>;
export type ResponseOf<R extends Route> = Static<R['schemas']['response']>;

/** Declares a route and keeps the exact schema types. */
export function route<const S extends RouteSchemas>(
  id: string,
  audience: Audience,
  line: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`,
  summary: string,
  schemas: S,
  options: RouteOptions = {},
): Route<S> {
  const [method, path] = line.split(' ') as [Route['method'], string];
  return { id, method, path, audience, summary, schemas, ...options };
}
