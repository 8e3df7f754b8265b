/** What a mini-program code or link carries: a guide, a store, or both. */
export interface Scene {
  guideCode: string | null;
  storeCode: string | null;
}

const GUIDE = /^[0-9A-Za-z]{4,16}$/;
const STORE = /^[0-9A-Za-z-]{1,20}$/;

/**
 * Writes a scene as `g=<guideCode>&s=<storeCode>`; either part may be missing.
 * WeChat allows 32 visible characters (getUnlimitedQRCode), so both codes are kept short.
 * @throws RangeError when a code has other characters or the text gets longer than 32.
 */
export function writeScene(scene: Partial<Scene>): string {
  const parts: string[] = [];
  if (scene.guideCode) {
    if (!GUIDE.test(scene.guideCode)) throw new RangeError(`not a guide code: ${scene.guideCode}`);
    parts.push(`g=${scene.guideCode}`);
  }
  if (scene.storeCode) {
    if (!STORE.test(scene.storeCode)) throw new RangeError(`not a store code: ${scene.storeCode}`);
    parts.push(`s=${scene.storeCode}`);
  }
  const text = parts.join('&');
  if (text.length > 32) throw new RangeError(`a scene of ${text.length} characters does not fit a code`);
  return text;
}

/** Reads a scene, also percent-encoded as WeChat hands it over; whatever is not understood is left out. */
export function readScene(text: string | null | undefined): Scene {
  const scene: Scene = { guideCode: null, storeCode: null };
  for (const part of decoded(text ?? '').split('&')) {
    const [name, value = ''] = part.split('=');
    if (name === 'g' && GUIDE.test(value)) scene.guideCode = value;
    if (name === 's' && STORE.test(value)) scene.storeCode = value;
  }
  return scene;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A broken escape is not worth refusing a visitor at the door.
    return '';
  }
}
