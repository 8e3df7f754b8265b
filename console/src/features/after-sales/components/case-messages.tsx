import { Checkbox, Input, Space } from 'antd';
import { useState } from 'react';
import { exactText } from '../../../lib/time';
import type { AfterSaleDetail } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { useAfterSaleActs } from '../api';

/** What was said and done, oldest first, and a line to the consumer. */
export function CaseMessages({ one }: { one: AfterSaleDetail }) {
  const acts = useAfterSaleActs(one.id);
  const [text, setText] = useState('');
  const [asks, setAsks] = useState(false);
  const mayAsk = one.state === 'REQUESTED';
  const send = async () => {
    await acts.message(text.trim(), mayAsk && asks);
    setText('');
    setAsks(false);
  };
  return (
    <section>
      <h3>协商记录</h3>
      <div className="stack tight">
        {one.messages.map((message) => (
          <div key={message.id}>
            <span className="muted small">
              {message.byName} · {exactText(message.at)}
            </span>
            <div>{message.text}</div>
            {message.pictures.map((url) => (
              <a key={url} href={url} target="_blank" rel="noreferrer" className="small">
                查看图片
              </a>
            ))}
          </div>
        ))}
        {mayAsk ? (
          <Checkbox checked={asks} onChange={(event) => setAsks(event.target.checked)} data-testid="case-asks-evidence">
            请顾客补充凭证：回复以前，自动同意的时间先停住
          </Checkbox>
        ) : null}
        {one.canMessage ? (
          <Space.Compact style={{ width: '100%' }}>
            <Input
              value={text}
              maxLength={300}
              placeholder="给顾客留言"
              onChange={(event) => setText(event.target.value)}
              data-testid="case-message"
            />
            <ActionButton done="已发送" disabled={text.trim() === ''} run={send} testId="case-send">
              发送
            </ActionButton>
          </Space.Compact>
        ) : null}
      </div>
    </section>
  );
}
