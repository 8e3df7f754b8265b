import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSUMERS } from '../consumers.js';
import { GUIDES } from '../guides.js';
import { CATEGORIES, PRODUCTS } from '../products.js';
import { STORES } from '../stores.js';
import { drawProduct, PICTURE_VERSION } from './draw-product.js';
import { drawGift, GIFTS } from './gifts.js';
import { renderPng } from './png.js';
import { drawPortrait } from './portrait.js';
import { drawBanner, drawCategoryIcon, drawLogo, drawMark, drawStorefront } from './scenery.js';

export interface RenderResult {
  written: number;
  kept: number;
  bytes: number;
}

const VERSION_FILE = 'version.txt';

/**
 * Writes every picture of the demo brand into a folder: products at 240, 480 and (first colour) 960 pixels, portraits,
 * presents, store fronts, banners, icons, logo. Files of the same picture version are kept, so a second start costs nothing.
 */
export function renderPictures(outDir: string): RenderResult {
  mkdirSync(outDir, { recursive: true });
  const versionPath = join(outDir, VERSION_FILE);
  const found = existsSync(versionPath) ? readFileSync(versionPath, 'utf8') : '';
  // Half-written files of a run that was cut short must not be kept, so the version is written last.
  const current = found === PICTURE_VERSION;
  rmSync(versionPath, { force: true });
  const result: RenderResult = { written: 0, kept: 0, bytes: 0 };
  const put = (name: string, make: () => Buffer | string): void => {
    const path = join(outDir, name);
    if (current && existsSync(path)) {
      result.kept += 1;
      return;
    }
    const content = make();
    writeFileSync(path, content);
    result.written += 1;
    result.bytes += content.length;
  };
  for (const product of PRODUCTS) {
    product.colours.forEach((colour, at) => {
      let svg: string | null = null;
      const draw = (): string => {
        svg ??= drawProduct(product, colour);
        return svg;
      };
      for (const size of at === 0 ? [240, 480, 960] : [240, 480])
        put(`${product.code}-${colour.code}-${size}.png`, () => renderPng(draw(), size));
    });
  }
  for (const person of GUIDES)
    put(`guide-${person.userid}.svg`, () => drawPortrait({ key: person.userid, gender: person.gender, uniform: true }));
  for (const person of CONSUMERS)
    put(`consumer-${person.key}.svg`, () => drawPortrait({ key: person.key, gender: person.gender, uniform: false }));
  for (const store of STORES) put(`store-${store.code}.png`, () => renderPng(drawStorefront(store.code), 800));
  for (const category of CATEGORIES) put(`category-${category.code}.svg`, () => drawCategoryIcon(category.code));
  for (const gift of GIFTS) put(`gift-${gift}.png`, () => renderPng(drawGift(gift), 480));
  for (const which of ['dawn', 'hearth'] as const) put(`banner-${which}.png`, () => renderPng(drawBanner(which), 1280));
  put('logo.svg', drawLogo);
  put('mark.svg', drawMark);
  put('mark-240.png', () => renderPng(drawMark(), 240));
  writeFileSync(versionPath, PICTURE_VERSION);
  return result;
}
