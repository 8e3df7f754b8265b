import { Card } from '../../../ui/page';
import { When } from '../../../ui/when';
import type { MemberDetail } from '../api';
import { JOIN_BY } from '../model';
import { Consents } from './consents';
import { Identities } from './merge-sides';

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
      <Consents detail={detail} />
    </div>
  );
}
