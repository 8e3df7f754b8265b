// What a picky eye finds on one page of the mini-program without looking: runs inside the page's document.

/**
 * Faults of what shows: things wider than the screen, words cut without an ellipsis, targets under 44 px, weak contrast.
 * @param {import('playwright-core').Frame} frame
 * @returns {Promise<string[]>}
 */
export const faultsOf = (frame) =>
  frame.evaluate(() => {
    const faults = new Set();
    const shows = (element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
    };
    const nameOf = (element) => {
      const id = element.closest('[data-testid]')?.getAttribute('data-testid') ?? '';
      const words = (element.textContent ?? '').trim().slice(0, 16);
      return `${element.className?.toString().split(' ').slice(0, 3).join('.')} [${id.replace(/\d{6,}/g, '#')}] "${words}"`;
    };
    const scrolls = (element) => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if (
          (overflowX === 'auto' || overflowX === 'scroll' || overflowX === 'hidden') &&
          at !== document.body &&
          at.clientWidth < innerWidth + 1 &&
          at.className &&
          !/taro_page|panel|container/.test(at.className)
        )
          return true;
      }
      return false;
    };
    const rgb = (text) => {
      const found = /rgba?\(([^)]+)\)/.exec(text);
      return found ? found[1].split(',').map(Number) : [0, 0, 0, 0];
    };
    const over = ([r, g, b, a = 1], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
    const groundOf = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.backgroundImage !== 'none') return null;
        const colour = rgb(style.backgroundColor);
        if ((colour[3] ?? 1) > 0) layers.push(colour);
        if ((colour[3] ?? 1) === 1) break;
      }
      return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
    };
    const light = ([r, g, b]) => {
      const part = (value) => {
        const v = value / 255;
        return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const fades = (element) => {
      let opacity = 1;
      for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
      return opacity;
    };
    for (const element of document.querySelectorAll('.page *')) {
      if (!shows(element) || element.closest('.taro-img, svg, .swiper-container')) continue;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(element))
        faults.add(`WIDE ${nameOf(element)} ${Math.round(box.left)}..${Math.round(box.right)}`);
      const hasWords = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
      if (hasWords) {
        const isCut =
          element.scrollWidth > element.clientWidth + 1 &&
          style.overflowX === 'hidden' &&
          style.textOverflow !== 'ellipsis';
        const isLow =
          element.scrollHeight > element.clientHeight + 3 &&
          style.overflowY === 'hidden' &&
          style.webkitLineClamp === 'none';
        if (element.clientWidth > 0 && (isCut || isLow)) faults.add(`CUT ${nameOf(element)}`);
        const parent = element.parentElement.getBoundingClientRect();
        if (
          style.display !== 'inline' &&
          box.width > 0 &&
          // An edge that only takes taps is not seen.
          box.right - Number.parseFloat(style.borderRightWidth) > parent.right + 2 &&
          style.position !== 'absolute' &&
          !scrolls(element)
        )
          faults.add(`OUT ${nameOf(element)}`);
        const ground = groundOf(element);
        if (ground && !element.closest('.btn-off, .chip-off, [aria-disabled="true"]')) {
          const ink = over(rgb(style.color), ground);
          const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
          const ratio = (high + 0.05) / (low + 0.05);
          const size = Number.parseFloat(style.fontSize);
          const wanted = size >= 24 || (size >= 18.6 && Number(style.fontWeight) >= 600) ? 3 : 4.5;
          if (ratio < wanted) faults.add(`PALE ${ratio.toFixed(1)} ${nameOf(element)}`);
          else if (fades(element) < 0.7) faults.add(`FADED ${fades(element).toFixed(2)} ${nameOf(element)}`);
        }
      }
      const isTarget = element.matches(
        '[role="button"], [role="radio"], [role="checkbox"], .btn, .chip, .tab, .segment, .text-tap, .check-box, .section-more',
      );
      if (isTarget && (box.height < 43 || box.width < 37))
        faults.add(`SMALL ${Math.round(box.width)}x${Math.round(box.height)} ${nameOf(element)}`);
      // React keeps its handlers beside the element: whatever listens for a tap is a target, whatever it looks like.
      const keys = Object.keys(element).find((key) => key.startsWith('__reactProps'));
      if (!isTarget && keys && element[keys].onClick && (box.height < 43 || box.width < 37))
        faults.add(`SMALL-TAP ${Math.round(box.width)}x${Math.round(box.height)} ${nameOf(element)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth + 1)
      faults.add(`SIDEWAYS ${document.documentElement.scrollWidth}`);
    const words = [...document.querySelectorAll('.page')]
      .filter(shows)
      .map((page) => page.textContent)
      .join('\n');
    for (const [found] of words.matchAll(
      /undefined|null|NaN|Infinity|\[object|\d{4}-\d{2}-\d{2}T\S*|[A-Z]{2,}_[A-Z_]+|¥-|\d\.\d{3,}/g,
    ))
      faults.add(`WORD ${found}`);
    return [...faults];
  });

/** Without a network a page says so and offers to try again, or shows what it knew last with its age. */
export const silenceOf = (frame) =>
  frame.evaluate(() => {
    const shows = (id) =>
      [...document.querySelectorAll(`[data-testid="${id}"]`)].some((one) => one.getBoundingClientRect().height > 0);
    if (document.querySelector('.bone')) return ['WAITS for ever'];
    return shows('retry') || shows('stale') ? [] : ['SILENT about the network'];
  });
