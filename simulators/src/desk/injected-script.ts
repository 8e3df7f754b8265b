export const WXWORK_UA =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 ' +
  'wxwork/4.1.36 MicroMessenger/7.0.1 WindowsWechat MailPlugin_Electron WeMail embeddisk';

/**
 * What the WeCom client puts into every page before the page's own scripts: its user agent and the native bridge.
 * Scanning asks for a text when no scan was prepared, since there is no camera.
 */
export const INJECTED_SCRIPT = `(() => {
  if (window.WeixinJSBridge) return;
  const ua = ${JSON.stringify(WXWORK_UA)};
  Object.defineProperty(navigator, 'userAgent', { get: () => ua, configurable: true });
  const page = Math.random().toString(36).slice(2) + Date.now().toString(36);
  const handlers = {};
  const native = (n, p) => fetch('/__sim/bridge', {
    method: 'POST',
    credentials: 'include',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ n, p: p || {}, url: location.href.split('#')[0], page }),
  }).then((r) => r.json());
  window.WeixinJSBridge = {
    invoke(n, p, cb) {
      native(n, p).then((answer) => {
        if (n === 'scanQRCode' && answer.err_msg === 'scanQRCode:cancel') {
          const text = window.prompt('扫一扫：没有摄像头，请粘贴码里的文字');
          if (text) answer = { err_msg: 'scanQRCode:ok', resultStr: text };
        }
        if (cb) cb(answer);
      }, () => cb && cb({ err_msg: n + ':fail network' }));
    },
    on(event, handler) { (handlers[event] = handlers[event] || []).push(handler); },
  };
  const ready = () => document.dispatchEvent(new Event('WeixinJSBridgeReady'));
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready); else ready();
})();
`;
