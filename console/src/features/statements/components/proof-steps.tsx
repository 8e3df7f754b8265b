import { DownloadOutlined, ExportOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { downloadText } from '../../../platform/download';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { loadProof } from '../api';

/** How anybody checks this statement without trusting us: download, open the verifier, drop the file. */
export function ProofSteps({ franchiseeId, day }: { franchiseeId: string; day: string }) {
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
    </Card>
  );
}
