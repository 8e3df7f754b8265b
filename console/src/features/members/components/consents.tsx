import { Button } from 'antd';
import { useState } from 'react';
import { exactText } from '../../../lib/time';
import { clock } from '../../../platform/clock';
import { InstantInput } from '../../../ui/instant-input';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { type ConsentChange, type MemberDetail, usePastConsents } from '../api';

function Answers({ answers }: { answers: MemberDetail['consents'] }) {
  return (
    <table className="plain" data-testid="consents">
      <tbody>
        {answers.map((one) => (
          <tr key={one.subBrand + one.purpose}>
            <td>
              {one.title}
              <div className="muted small">{one.text}</div>
            </td>
            <td className="nowrap">
              <Status tone={one.isGiven === null ? 'idle' : one.isGiven ? 'good' : 'off'}>
                {one.isGiven === null ? '没有问过' : one.isGiven ? '同意' : '不同意'}
              </Status>
              {one.agreedVersion ? <div className="muted small num">{one.agreedVersion} 版</div> : null}
            </td>
            <td className="muted nowrap">
              <When at={one.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changes({ changes }: { changes: readonly ConsentChange[] }) {
  if (changes.length === 0) return <Empty title="还没有回答过" hint="顾客在小程序里选择以后，每一次都会记在这里。" />;
  return (
    <table className="plain" data-testid="consent-changes">
      <tbody>
        {changes.map((one) => (
          <tr key={`${one.at}${one.subBrand}${one.purpose}${one.sourceText}`}>
            <td className="muted nowrap">
              <When at={one.at} />
            </td>
            <td>
              {one.isGiven === null ? '不再有回答' : one.isGiven ? '同意' : '不同意'}：{one.title}
              <span className="muted small num">（{one.version} 版）</span>
              <div className="muted small">{one.sourceText}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Past({ id, at }: { id: string; at: string }) {
  const past = usePastConsents(id, at);
  return (
    <Loaded query={past} rows={6}>
      {({ answers, changes }) => (
        <div className="stack">
          <div className="muted small">{exactText(at)}（北京时间）这一刻有效的回答</div>
          <Answers answers={answers} />
          <b>每一次的选择</b>
          <Changes changes={changes} />
        </div>
      )}
    </Loaded>
  );
}

/** What the person agrees to; with an instant named, what held at it and every change since the beginning. */
export function Consents({ detail }: { detail: MemberDetail }) {
  const [at, setAt] = useState<string | null>(null);
  return (
    <Card
      title="授权"
      extra={
        <span className="row">
          <Button
            type="link"
            size="small"
            data-testid="consents-past"
            onClick={() => setAt(at === null ? new Date(clock.now()).toISOString() : null)}
          >
            {at === null ? '看过去某一刻' : '只看现在'}
          </Button>
          {at === null ? null : (
            <InstantInput value={at} onChange={setAt} label="看哪一刻" width={180} testId="consents-at" />
          )}
        </span>
      }
    >
      {at === null ? <Answers answers={detail.consents} /> : <Past id={detail.person.profile.id} at={at} />}
    </Card>
  );
}
