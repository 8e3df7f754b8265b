import { Kind, type Static, type TSchema, Type, TypeRegistry } from '@sinclair/typebox';

/** Object that refuses unknown fields: whatever a caller sends that we do not know is an error, not noise. */
export const Exact = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object(fields, { additionalProperties: false });

// The schema compiler knows no enum of words of its own and refuses a kind that nobody has told it how to check.
TypeRegistry.Set<{ enum: readonly unknown[] }>('OneOf', (schema, value) => schema.enum.includes(value));

/** One of a list of words. */
export const OneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ [Kind]: 'OneOf', type: 'string', enum: [...words] });

// Nothing beyond what a signed 64-bit column holds, so that a made-up id is refused and not an error of the database.
export const IdText = Type.String({
  pattern: '^([1-9][0-9]{0,17}|[1-8][0-9]{18})$',
  description: 'id, decimal digits',
});
export const FenInt = Type.Integer({ minimum: -(2 ** 51), maximum: 2 ** 51, description: 'fen' });
export const PriceFen = Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'fen, not negative' });
export const Instant = Type.String({ format: 'date-time', description: 'UTC instant, ISO 8601' });
export const Day = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  format: 'date',
  description: 'business day in Asia/Shanghai',
});
export const Quantity = Type.Integer({ minimum: 1, maximum: 999 });
export const Text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max });
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Latitude = Type.Number({ minimum: -90, maximum: 90 });
export const Longitude = Type.Number({ minimum: -180, maximum: 180 });
export const Cursor = Type.String({ maxLength: 200, pattern: '^[A-Za-z0-9_\\-.]*$' });
export const PageSize = Type.Integer({ minimum: 1, maximum: 100 });
export const IdParam = Exact({ id: IdText });
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) });
export const Ok = Type.Object({ ok: Type.Literal(true) });

/** The body of every error answer. */
export const Problem = Type.Object({
  code: Type.String(),
  message: Type.String({ description: 'for people, in Chinese' }),
  traceId: Type.String(),
  detail: Type.Optional(Type.Unknown()),
});
export type Problem = Static<typeof Problem>;
