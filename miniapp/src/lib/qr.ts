import qrcode from 'qrcode-generator';

const QUIET = 2;

/** The code of a text as a picture that both WeChat and browsers show: a pickup code, a pay code, a signed coupon. */
export function qrPicture(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) if (code.isDark(y, x)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  const side = size + QUIET * 2;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#15212b"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
