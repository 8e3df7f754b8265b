import type { ProductCard } from '@shuke/shared/contracts';
import { parseFen } from '@shuke/shared/kernel';
import type { CategoryId, Colour, ProductContent, ProductId } from '../domain/types.js';

/** MariaDB hands a JSON column over as text, MySQL as a value. */
const readJson = (value: unknown): unknown => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value);
const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);

export function coloursOf(value: unknown): Colour[] {
  const list = readJson(value);
  if (!Array.isArray(list)) return [];
  return list.map(fields).map((one) => ({
    name: text(one['name']),
    hex: text(one['hex']),
    imageUrl: text(one['imageUrl']),
  }));
}

export function contentOf(value: unknown): ProductContent {
  const content = fields(readJson(value));
  const { attributes, sizeTable, care } = content;
  return {
    images: texts(content['images']),
    sellingPoints: texts(content['sellingPoints']),
    attributes: Array.isArray(attributes)
      ? attributes.map(fields).map((one) => ({ name: text(one['name']), value: text(one['value']) }))
      : [],
    care: Array.isArray(care) ? texts(care).join('\n') : text(care),
    sizeTable: Array.isArray(sizeTable) ? sizeTable.map(texts) : [],
    goesWith: texts(content['goesWith']),
  };
}

export interface CardRow {
  id: ProductId;
  code: string;
  name: string;
  subtitle: string;
  image_url: string;
  list_price_fen: string;
  badge: string | null;
  colours: unknown;
  price_fen: string;
  price_max_fen: string;
  in_stock: number;
}

/** A list page has dozens of these and the colours of a product seldom change, so their JSON is read once. */
const shortColours = new Map<string, ProductCard['colours']>();
const COLOURS_MAX = 5000;

function shortColoursOf(value: unknown): ProductCard['colours'] {
  const key = typeof value === 'string' ? value : JSON.stringify(value);
  let known = shortColours.get(key);
  if (!known) {
    known = coloursOf(value).map(({ name, hex }) => ({ name, hex }));
    if (shortColours.size >= COLOURS_MAX) shortColours.clear();
    shortColours.set(key, known);
  }
  return known;
}

export const cardOf = (row: CardRow): ProductCard => ({
  id: row.id,
  code: row.code,
  name: row.name,
  subtitle: row.subtitle,
  imageUrl: row.image_url,
  priceFen: parseFen(row.price_fen),
  listPriceFen: parseFen(row.list_price_fen),
  isPriceFrom: row.price_fen !== row.price_max_fen,
  inStock: Number(row.in_stock) === 1,
  badge: row.badge,
  colours: shortColoursOf(row.colours),
});

export interface CategoryRow {
  id: CategoryId;
  name: string;
  icon_url: string;
  count: string;
}
