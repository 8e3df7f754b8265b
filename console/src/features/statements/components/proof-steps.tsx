import { DownloadOutlined, ExportOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { StatementDetail } from '../../../lib/types';
import { downloadText } from '../../../platform/download';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { loadProof } from '../api';

/** What to keep on paper: a day that is rewritten later no longer has these characters. */
function Anchor({ anchor }: { anchor: NonNullable<StatementDetail['anchor']> }) {
  return (
    <div className="muted" style={{ marginTop: 16, overflowWrap: 'anywhere' }} data-testid="statement-anchor">
      <p>
        {anchor.fingerprint
          ? `证明文件的指纹：${anchor.fingerprint}`
          : '对账单还没有发布，证明文件会随新的订单变化；发布后这里会印出它的指纹。'}
      </p>
      {anchor.heads.map((head) => (
        <p key={head.storeName}>
          {head.storeName} 链尾：第 {head.seq} 条 {head.hash}
        </p>
      ))}
      <p>把这一页打印留底，以后谁也改不了这一天：验证器会显示同样的指纹，几天的文件放在一起还会核对是否首尾相接。</p>
    </div>
  );
}

/** How anybody checks this statement without trusting us: download, open the verifier, drop the file. */
export function ProofSteps({ detail }: { detail: StatementDetail }) {
  const { franchiseeId, day, anchor } = detail;
  const download = async () => {
    const { fileName, text } = await loadProof(franchiseeId, day);
    downloadText(fileName, text, 'application/x-ndjson');
  };
  return (
    <Card title="不用相信我们，自己算一遍">
      <ol className="steps-3">
        <li>
          <b>下载证明</b>
          <p>一个文件，装着当天每笔订单的快照、规则版本、计算步骤和哈希链。</p>
          <ActionButton
            type="primary"
            icon={<DownloadOutlined aria-hidden />}
            done="已下载"
            run={download}
            testId="proof-download"
          >
            下载证明
          </ActionButton>
        </li>
        <li>
          <b>打开离线验证器</b>
          <p>一张静态网页，打开后断网也能用；可以另存下来给自己的会计。</p>
          <Button
            icon={<ExportOutlined aria-hidden />}
            href="/verifier/"
            target="_blank"
            rel="noreferrer"
            data-testid="verifier-link"
          >
            打开验证器
          </Button>
        </li>
        <li>
          <b>把文件拖进去</b>
          <p>验证器在你的电脑上把每一分钱重算一遍。哪怕被改过一个字节，也会指出是第几条、哪一处。</p>
        </li>
      </ol>
      {anchor && <Anchor anchor={anchor} />}
    </Card>
  );
}
