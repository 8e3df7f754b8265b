import { useState } from 'react';
import type { ContactView } from '../../data/types';
import { Button } from '../../design/button';
import { Avatar } from '../../design/pictures';
import { snack } from '../../design/snackbar';
import { problemText } from '../../design/states';
import { useWecom } from '../../platform/wecom-context';
import { BindingTimeline } from './tab-profile';

/** Another guide's customer: whose, since when, and a way to ask; orders, trail and tags stay with their guide. */
export function LimitedView({ view }: { view: ContactView }) {
  const wecom = useWecom();
  const [isBusy, setBusy] = useState(false);
  const owner = view.binding.guide;
  if (!owner) return null;
  const ask = async () => {
    setBusy(true);
    try {
      await wecom.openMemberChat(owner.wecomUserid);
    } catch (error) {
      snack(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="contact-body" data-testid="limited-view">
      <section className="section">
        <div className="section-head">
          <h3>专属导购</h3>
        </div>
        <div className="row g12">
          <Avatar url={owner.avatarUrl} name={owner.name} size={44} />
          <div className="grow">
            <p>
              <b>{owner.name}</b>
            </p>
            <p className="weak ellipsis">
              {owner.storeName} · {owner.title}
            </p>
          </div>
          {wecom.isInside ? (
            <Button isBusy={isBusy} onClick={() => void ask()} data-testid="ask-owner">
              联系 TA
            </Button>
          ) : null}
        </div>
        <p className="weak" style={{ marginTop: 12 }}>
          订单、浏览和标签只有专属导购能看。你仍可以正常聊天；要一起服务，先和 {owner.name} 说一声。
        </p>
      </section>
      <BindingTimeline view={view} />
    </div>
  );
}
