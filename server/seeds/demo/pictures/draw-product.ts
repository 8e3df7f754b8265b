import { drawAccessory } from './accessories.js';
import type { Design } from './design.js';
import { drawGarment } from './draw-garment.js';
import { num } from './path.js';

/** Raised whenever a drawing changes, so that stale picture files are drawn again. */
export const PICTURE_VERSION = '1';

export const GROUND = '#f4f1ec';

/** The common stage of all product pictures: one calm light ground and a soft shadow under the piece. */
export function stage(content: string, floor: number, spread: number, id: string): string {
  const y = Math.min(floor + 26, 916);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 960" width="960" height="960"><defs><radialGradient id="${id}g"><stop offset="0" stop-color="#574a38" stop-opacity=".3"/><stop offset=".55" stop-color="#574a38" stop-opacity=".1"/><stop offset="1" stop-color="#574a38" stop-opacity="0"/></radialGradient></defs>` +
    `<rect width="960" height="960" fill="${GROUND}"/><ellipse cx="484" cy="${num(y)}" rx="${num(spread * 0.86)}" ry="26" fill="url(#${id}g)"/>${content}</svg>`
  );
}

/** Draws one product in one colour as an SVG of 960×960; the same input always gives the same text. */
export function drawProduct(product: { code: string; design: Design }, colour: { code: string; hex: string }): string {
  const id = `${product.code}${colour.code}`.replace(/[^A-Za-z0-9]/g, '');
  const { design } = product;
  const drawing =
    design.family === 'garment' ? drawGarment(design, colour.hex, id) : drawAccessory(design, colour.hex, id);
  return stage(drawing.svg, drawing.floor, drawing.spread, id);
}
