import assert from 'node:assert/strict';

export { assert };

/** "¥1,299.00" as 129900; the last amount of the text. Throws when there is none. */
export function fenOf(text) {
  const found = [...text.replace(/\s/g, '').matchAll(/[-−]?¥[-−]?([\d,]+)(?:\.(\d{1,2}))?/g)].at(-1);
  assert.ok(found, `no amount in "${text}"`);
  return Number(found[1].replaceAll(',', '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** The words of an element, without the space around them. */
export const textOf = async (locator) => ((await locator.textContent()) ?? '').trim();
