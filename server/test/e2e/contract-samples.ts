import { Kind, type TSchema } from '@sinclair/typebox';

type Known = (name: string) => string | undefined;

/** Texts that fit the patterns of the contracts. */
const TEXTS = [
  '1',
  '2026-11-22',
  '2026-11',
  'NORTH',
  '1234567890',
  'SF1234567890',
  'wmForeignCustomer00001',
  '13812345678',
  '#28504a',
  '10:00',
  '123456',
  '281234567890123456',
  '/files/pictures/coat.png',
  'thing1',
  'A'.repeat(43),
  'A'.repeat(86),
  'a'.repeat(64),
  'A'.repeat(128),
];

function text(schema: TSchema): string {
  const {
    pattern,
    minLength = 0,
    maxLength = 1000,
    format,
  } = schema as {
    pattern?: string;
    minLength?: number;
    maxLength?: number;
    format?: string;
  };
  if (format === 'date-time') return '2026-11-22T02:00:00.000Z';
  if (pattern === undefined) return '好好好好好好好好好好'.slice(0, Math.min(maxLength, Math.max(minLength, 2)));
  const fits = TEXTS.find((one) => new RegExp(pattern).test(one) && one.length >= minLength && one.length <= maxLength);
  if (fits === undefined) throw new Error(`no sample for ${pattern}`);
  return fits;
}

/**
 * A value that fits a contract's schema. Names that `known` knows get its value; with `onlyNamed`, optional fields that it
 * does not know are left out.
 */
export function sampleOf(schema: TSchema, known: Known, onlyNamed = false, name = ''): unknown {
  const given = known(name);
  if (given !== undefined && schema.type === 'string' && new RegExp(String(schema['pattern'] ?? '')).test(given))
    return given;
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.anyOf)) return sampleOf((schema.anyOf as TSchema[])[0] as TSchema, known, onlyNamed, name);
  switch (schema.type) {
    case 'object': {
      const required = new Set((schema['required'] as string[] | undefined) ?? []);
      return Object.fromEntries(
        Object.entries((schema['properties'] ?? {}) as Record<string, TSchema>)
          .filter(([field]) => required.has(field) || known(field) !== undefined || (!onlyNamed && field === 'onHand'))
          .map(([field, one]) => [field, sampleOf(one, known, onlyNamed, field)]),
      );
    }
    case 'array':
      return Array.from({ length: Math.max(1, Number(schema['minItems'] ?? 1)) }, () =>
        sampleOf(schema['items'] as TSchema, known, onlyNamed, name),
      );
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1));
    case 'boolean':
      return true;
    case 'string':
      return text(schema);
    default:
      throw new Error(`no sample for a schema of ${String(schema[Kind])} ${JSON.stringify(schema).slice(0, 80)}`);
  }
}
