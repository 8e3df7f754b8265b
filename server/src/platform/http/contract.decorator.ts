import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '@shuke/shared/contracts';
import type { Actor } from '../access/actor.js';
import { readInput } from './validation.js';

export const ROUTE = Symbol('route');

/** The request as the platform sees it: the guard has put the actor on it. */
export interface ShukeRequest {
  params: unknown;
  query: unknown;
  body: unknown;
  headers: Record<string, unknown>;
  url: string;
  id: string;
  actor?: Actor;
  /** Number of the session, by which it can be ended; absent for who has none. */
  sessionId?: string;
}

/** The typed input of a route's handler. */
export interface In<R extends Route> {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
  idempotencyKey: string | null;
}

/** The typed answer of a route's handler. */
export type Out<R extends Route> = Promise<ResponseOf<R>>;

/** Binds a controller method to a route of the contracts: path, method, guard and validation in one line. */
export function Contract(route: Route): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: route.path.replace(/\{(\w+)\}/g, ':$1'), method: RequestMethod[route.method] }),
    HttpCode(200),
    SetMetadata(ROUTE, route),
  );
}

/** The checked input, `@Given() input: In<typeof mallRoutes.products>`. */
export const Given = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const route = Reflect.getMetadata(ROUTE, context.getHandler()) as Route | undefined;
  if (!route) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no contract`);
  return readInput(route, context.switchToHttp().getRequest<ShukeRequest>());
});

/** The actor whom the guard has let in. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ShukeRequest>();
  if (!actor) throw new Error('the access guard did not run');
  return actor;
});

/** The number of the session that the request came with. */
export const SessionNumber = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { sessionId } = context.switchToHttp().getRequest<ShukeRequest>();
  if (!sessionId) throw new Error('the route lets somebody in who has no session');
  return sessionId;
});
