// Chooses the sample from the whole UCI file: node choose-sample.mjs <whole.csv.gz> <sample.csv.gz>
// The same customers every time: every sixteenth by a stable hash of the customer number, with all of their invoices, and
// some invoices without a customer so that anonymous sales, stock adjustments and refused rows are there too.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const [whole, sample] = process.argv.slice(2);
if (!whole || !sample) throw new Error('usage: node choose-sample.mjs <whole.csv.gz> <sample.csv.gz>');
const fnv = (text) => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return hash >>> 0;
};
// Fields with commas are quoted, and only the description has any, so the columns around it count from both ends.
const [header, ...lines] = gunzipSync(readFileSync(whole)).toString('utf8').trim().split(/\r?\n/);
const chosen = lines.filter((line) => {
  const cells = line.split(',');
  const customer = cells[cells.length - 2];
  const isAdjust = cells[1] === 'adjust' && cells[0].startsWith('A');
  return customer === '' ? isAdjust || fnv(cells[0]) % 211 === 0 : fnv(customer) % 16 === 0;
});
writeFileSync(sample, gzipSync(`${[header, ...chosen].join('\n')}\n`, { level: 9 }));
console.log(`${chosen.length} rows`);
