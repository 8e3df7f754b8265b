import type { Route } from '@shuke/shared/contracts';
import { FormatRegistry, type TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import { Value } from '@sinclair/typebox/value';
import { refuse } from '../errors/app-error.js';

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;
// A thirtieth of February reads as a day in March, so a day counts only when it is written the same way again.
const isDay = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
};
FormatRegistry.Set('date', isDay);
FormatRegistry.Set('date-time', (text) => ISO_INSTANT.test(text) && !Number.isNaN(Date.parse(text)));

interface Checks {
  params: TypeCheck<TSchema> | null;
  query: TypeCheck<TSchema> | null;
  body: TypeCheck<TSchema> | null;
  response: TypeCheck<TSchema>;
}

const compiled = new WeakMap<Route, Checks>();

function checksOf(route: Route): Checks {
  let checks = compiled.get(route);
  if (!checks) {
    const compile = (schema: TSchema | undefined) => (schema ? TypeCompiler.Compile(schema) : null);
    checks = {
      params: compile(route.schemas.params),
      query: compile(route.schemas.query),
      body: compile(route.schemas.body),
      response: TypeCompiler.Compile(route.schemas.response),
    };
    compiled.set(route, checks);
  }
  return checks;
}

/** What a handler gets: only declared fields, of the declared types. */
export interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
  idempotencyKey: string | null;
}

function checked(where: string, check: TypeCheck<TSchema>, schema: TSchema, given: unknown, isText: boolean): unknown {
  // Most routes take texts only; what is right as it came needs no conversion, which walks the whole schema.
  if (check.Check(given)) return isText ? { ...(given as object) } : given;
  const value = isText ? Value.Convert(schema, { ...(given as object) }) : given;
  if (isText && check.Check(value)) return value;
  const first = check.Errors(value).First();
  throw refuse('VALIDATION', { where, field: first?.path.slice(1) ?? '', problem: first?.message ?? '' });
}

const KEY_PATTERN = /^[\x21-\x7e]{8,80}$/;

/** Checks a request against its route. Unknown fields are refused, texts of params and query are converted. */
export function readInput(
  route: Route,
  request: { params: unknown; query: unknown; body: unknown; headers: Record<string, unknown> },
): Input {
  const checks = checksOf(route);
  const { params, query, body } = route.schemas;
  if (!query && Object.keys((request.query ?? {}) as object).length > 0)
    throw refuse('VALIDATION', { where: 'query', problem: 'none expected' });
  const key = request.headers['idempotency-key'];
  if (route.idempotent && (typeof key !== 'string' || !KEY_PATTERN.test(key))) {
    throw refuse('VALIDATION', { where: 'header', field: 'Idempotency-Key', problem: '8 to 80 printable characters' });
  }
  return {
    params: params && checks.params ? checked('params', checks.params, params, request.params, true) : undefined,
    query: query && checks.query ? checked('query', checks.query, query, request.query, true) : undefined,
    body: body && checks.body ? checked('body', checks.body, body, request.body, false) : undefined,
    idempotencyKey: typeof key === 'string' ? key : null,
  };
}

/** First difference between an answer and the route's promise, or null. */
export function responseProblem(route: Route, answer: unknown): string | null {
  const wire = JSON.parse(JSON.stringify(answer ?? null)) as unknown;
  const first = checksOf(route).response.Errors(wire).First();
  return first
    ? `${route.id} answers ${first.path}: ${first.message} (${JSON.stringify(first.value)?.slice(0, 80)})`
    : null;
}
