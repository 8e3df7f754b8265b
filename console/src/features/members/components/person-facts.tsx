import { Card } from '../../../ui/page';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import type { MemberDetail } from '../api';
import { JOIN_BY } from '../model';
import { Identities } from './merge-sides';

function Consents({ detail }: { detail: MemberDetail }) {
  return (
    <table className="plain" data-testid="consents">
      <tbody>
        {detail.consents.map((one) => (
          <tr key={one.subBrand + one.purpose}>
            <td>
              {one.title}
              <div className="muted small">{one.text}</div>
            </td>
            <td className="nowrap">
              <Status tone={one.isGiven === null ? 'idle' : one.isGiven ? 'good' : 'off'}>
                {one.isGiven === null ? '没有问过' : one.isGiven ? '同意' : '不同意'}
              </Status>
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

/** What proves who this is, where the person is a member, and what was agreed to. */
export function PersonFacts({ detail }: { detail: MemberDetail }) {
  return (
    <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1.1fr) minmax(0, 1fr)', alignItems: 'start' }}>
      <div className="stack">
        <Card title="认得出这个人的号码" extra={<span className="muted small">来自{detail.person.originText}</span>}>
          <Identities person={detail.person} />
        </Card>
        <Card title="会员身份">
          <table className="plain">
            <tbody>
              {detail.memberships.map((one) => (
                <tr key={one.subBrand}>
                  <td>{one.name}</td>
                  <td>{one.isMember ? `会员 · ${one.via ? JOIN_BY[one.via] : ''}` : '还不是会员'}</td>
                  <td className="right muted">
                    <When at={one.joinedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <dl className="pairs" style={{ marginTop: 12 }}>
            <dt>姓名</dt>
            <dd>{detail.realNameMasked ?? '没有填'}</dd>
            <dt>生日</dt>
            <dd className="num">{detail.birthday ?? '没有填'}</dd>
            <dt>个性化推荐</dt>
            <dd>{detail.isPersonalised ? '开着' : '顾客关掉了'}</dd>
          </dl>
        </Card>
      </div>
      <Card title="授权">
        <Consents detail={detail} />
      </Card>
    </div>
  );
}
