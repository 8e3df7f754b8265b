import type { ContactView } from '../../data/types';
import { Avatar } from '../../design/pictures';
import { Price } from '../../design/price';
import { When } from '../../design/when';

export type Relation = 'MINE' | 'OTHERS' | 'NONE';
export const relationOf = ({ binding }: ContactView): Relation =>
  binding.guide === null ? 'NONE' : binding.isMine ? 'MINE' : 'OTHERS';

const MARK: Record<Relation, string> = { MINE: '我的专属客户', OTHERS: '其他导购的客户', NONE: '还没有专属导购' };

/** Who this is, in one glance. */
export function ContactHeader({ view }: { view: ContactView }) {
  const relation = relationOf(view);
  const { purchase, profile } = view;
  return (
    <header className="who" data-testid="contact-header">
      <div className="row g12">
        <Avatar url={view.avatarUrl} name={view.name} size={48} />
        <div className="grow">
          <div className="row g8">
            <h1 className="ellipsis" data-testid="contact-name">
              {view.remark || view.name}
            </h1>
            {/* The level of another guide's customer, or of one who does not share it, is not shown to us. */}
            {profile || (relation !== 'OTHERS' && view.isShared) ? (
              <span className={profile ? 'chip chip-amber' : 'chip'}>{profile ? profile.levelName : '还不是会员'}</span>
            ) : null}
          </div>
          <p className="weak ellipsis">
            {view.remark && view.remark !== view.name ? `${view.name} · ` : ''}
            {view.relationText}
          </p>
        </div>
      </div>
      <p className={`bond bond-${relation.toLowerCase()}`} data-testid="binding-text" data-relation={relation}>
        <i aria-hidden="true" />
        <span>
          <b>{MARK[relation]}</b>
          {view.binding.text ? ` · ${view.binding.text}` : ''}
        </span>
      </p>
      {relation === 'OTHERS' || !view.isShared ? null : (
        <dl className="glance">
          <div>
            <dt>上次购买</dt>
            <dd data-testid="last-bought">
              {purchase.lastAt ? <When at={purchase.lastAt} /> : '还没买过'}
              {purchase.lastText ? <span className="weak clamp2">{purchase.lastText}</span> : null}
            </dd>
          </div>
          <div hidden={purchase.orderCount === 0}>
            <dt>预计下次</dt>
            <dd data-testid="expected-next">
              {purchase.expectedNextText ?? <span className="weak">还看不出规律</span>}
            </dd>
          </div>
          <div hidden={purchase.orderCount === 0}>
            <dt>累计</dt>
            <dd>
              <Price fen={purchase.totalFen} />
              <span className="weak">{purchase.orderCount} 单</span>
            </dd>
          </div>
        </dl>
      )}
    </header>
  );
}
