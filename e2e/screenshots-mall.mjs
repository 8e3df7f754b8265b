// Walks every page of the mini-program and takes its picture, so that somebody can look at all of them:
// `E2E_BASE=7300 node e2e/screenshots-mall.mjs [page…]` → e2e/artifacts/mall/<variant>/<page>.png and faults.txt.
// MALL_VARIANTS names some of light-375, light-430, dark-375, dark-430, big-375, big-430, weak-375, which walks without a
// network, or slow-375, which never gets an answer; any width will do. MALL_OUT names another folder.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MallTour } from './pages/mall-tour.mjs';
import { launch } from './runner/browser.mjs';
import { faultsOf, silenceOf } from './runner/look.mjs';
import { addresses } from './runner/product.mjs';

const OUT = process.env.MALL_OUT ?? fileURLToPath(new URL('./artifacts/mall', import.meta.url));
const ALL = ['light-375', 'dark-375', 'big-375', 'light-430', 'dark-430', 'big-430'];
const variants = (process.env.MALL_VARIANTS ?? ALL.join(',')).split(',');
const wanted = process.argv.slice(2);

const { server, desk } = addresses(Number(process.env.E2E_BASE ?? 7300));
const browser = await launch();
try {
  for (const variant of variants) {
    const [look, width] = variant.split('-');
    const folder = join(OUT, variant);
    mkdirSync(folder, { recursive: true });
    const tour = new MallTour(browser, { server, desk, look, width: Number(width) });
    const lines = [];
    for await (const { name, errors, frame, shoot } of tour.pages(wanted)) {
      await shoot(join(folder, `${name}.png`));
      const faults = [...errors, ...(await faultsOf(frame)), ...(look === 'weak' ? await silenceOf(frame) : [])];
      lines.push(...faults.map((fault) => `${name}: ${fault}`));
      console.log(`${variant} ${name}${faults.length > 0 ? ` (${faults.length})` : ''}`);
    }
    writeFileSync(join(folder, 'faults.txt'), `${lines.join('\n')}\n`, { flag: wanted.length > 0 ? 'a' : 'w' });
  }
} finally {
  await browser.close();
}
