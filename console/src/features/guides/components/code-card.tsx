import type { Guide } from '../../../lib/types';
import { Card } from '../../../ui/page';

const SIDE = 200;

function Code({ guide }: { guide: Guide }) {
  if (guide.status !== 'ACTIVE')
    return (
      <>
        <b>名片码已停用</b>
        <span>离职后扫码会进到门店，不再加这位导购。</span>
      </>
    );
  if (!guide.qrUrl)
    return (
      <>
        <b>企业微信还没有返回名片码</b>
        <span>通常是还没有开通「联系我」权限，请在企业微信后台开通后再看。</span>
      </>
    );
  return (
    <>
      <img
        src={guide.qrUrl}
        alt={`${guide.name}的企业微信名片码`}
        width={SIDE}
        height={SIDE}
        style={{ border: '1px solid var(--line)', borderRadius: 8 }}
        data-testid="guide-qr"
      />
      <span>顾客扫码：加上企业微信好友、成为会员、绑定专属导购，一步完成。</span>
      <a className="link no-print" href={guide.qrUrl} download={`${guide.storeName} ${guide.name} 名片码`}>
        下载，印在台卡上
      </a>
    </>
  );
}

/** The code that customers scan to become this guide's. */
export function CodeCard({ guide }: { guide: Guide }) {
  return (
    <Card title="名片码">
      <div className="state" style={{ padding: '8px 0 4px' }}>
        <Code guide={guide} />
        <span className="mono muted">名片编号 {guide.code}</span>
      </div>
    </Card>
  );
}
