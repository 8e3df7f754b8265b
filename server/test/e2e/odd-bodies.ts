import { Kind, type TSchema } from '@sinclair/typebox';
import { sampleOf } from './contract-samples.js';

/** The largest id that both a contract and the database take; nobody has it. */
export const NOBODY = '8999999999999999999';

type Leaf = { path: (string | number)[]; schema: TSchema };

/** Every field of a body that a client can send, also the optional ones, down to those of lists and groups. */
function leaves(schema: TSchema, path: (string | number)[] = []): Leaf[] {
  if (Array.isArray(schema.anyOf))
    return (schema.anyOf as TSchema[]).filter((one) => one.type !== 'null').flatMap((one) => leaves(one, path));
  if (schema.type === 'object')
    return Object.entries((schema['properties'] ?? {}) as Record<string, TSchema>).flatMap(([name, one]) =>
      leaves(one, [...path, name]),
    );
  if (schema.type === 'array') return leaves(schema['items'] as TSchema, [...path, 0]);
  return [{ path, schema }];
}

/** Values that may fit the form and mean nothing. */
function oddValues(schema: TSchema): unknown[] {
  if (schema[Kind] === 'OneOf' || Array.isArray(schema['enum'])) return [];
  if (schema.type === 'integer' || schema.type === 'number')
    return [schema['minimum'] ?? Number.MIN_SAFE_INTEGER, schema['maximum'] ?? Number.MAX_SAFE_INTEGER, -1, 0.5];
  if (schema.type !== 'string') return [];
  const { pattern, format } = schema as { pattern?: string; format?: string };
  if (format === 'date-time') return ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '2026-02-30T00:00:00Z'];
  if (pattern && new RegExp(pattern).test('2026-99-99')) return ['2026-99-99', '0000-00-00'];
  if (pattern && new RegExp(pattern).test(NOBODY)) return [NOBODY];
  return ["' OR 1=1; -- ", '\u0000\ud83d', '😀'.repeat(Math.min(8, Number(schema['maxLength'] ?? 8) / 2))];
}

/** A copy of a body with one field set; lists and groups on the way are made when they are not there. */
function withField(body: unknown, path: (string | number)[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const inner = (body as Record<string | number, unknown> | undefined)?.[first];
  const changed = withField(inner, rest, value);
  if (typeof first === 'number') return [changed, ...(Array.isArray(body) ? body.slice(1) : [])];
  return { ...(body as object | undefined), [first]: changed };
}

/** Bodies that fit a contract but for one odd field each, with the name of that field. */
export function oddBodies(
  schema: TSchema,
  known: (name: string) => string | undefined,
): { where: string; isMoney: boolean; body: unknown }[] {
  const good = sampleOf(schema, known);
  return leaves(schema).flatMap(({ path, schema: leaf }) =>
    oddValues(leaf).map((value) => ({
      where: `${path.join('.')}=${JSON.stringify(value)?.slice(0, 40)}`,
      isMoney: /fen$/i.test(String(path.findLast((one) => typeof one === 'string'))),
      body: withField(good, path, value),
    })),
  );
}
