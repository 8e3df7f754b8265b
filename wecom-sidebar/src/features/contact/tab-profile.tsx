import { useState } from 'react';
import type { ContactView, TagView } from '../../data/types';
import { Button } from '../../design/button';
import { Icon, type IconName } from '../../design/icon';
import { Sheet } from '../../design/sheet';
import { When } from '../../design/when';
import { TagPicker } from './tag-picker';
import { useTags } from './use-tags';

const SOURCE_TEXT: Record<TagView['source'], string> = {
  MANUAL: '导购添加',
  RULE: '按规则自动',
  MODEL: '按消费规律推算',
  IMPORTED: '导入',
};

type WecomState = NonNullable<TagView['wecom']>['state'];
const WECOM_ICON: Record<WecomState, IconName> = {
  WAITING: 'clock',
  MARKED: 'check',
  FAILED: 'warn',
  GONE: 'close',
};

function TagDetail({ tag, onRemove }: { tag: TagView; onRemove: () => void }) {
  return (
    <>
      <p className="weak">
        {tag.groupName} · {SOURCE_TEXT[tag.source]} · <When at={tag.at} />
      </p>
      <p style={{ margin: '8px 0 16px' }} data-testid="tag-reason">
        {tag.reason}
      </p>
      {tag.wecom ? (
        <p className={tag.wecom.state === 'FAILED' ? 'tag-wecom is-failed' : 'tag-wecom weak'} data-testid="tag-wecom">
          <Icon name={WECOM_ICON[tag.wecom.state]} />
          {tag.wecom.text}
        </p>
      ) : null}
      <Button isBlock onClick={onRemove} data-testid="tag-remove">
        移除这个标签
      </Button>
    </>
  );
}

/** What WeCom itself marks the contact with: shown beside ours, changed there. */
function CorpTags({ tags }: { tags: ContactView['corpTags'] }) {
  if (tags.length === 0) return null;
  return (
    <section className="section">
      <div className="section-head">
        <h3>企业微信标签</h3>
        <span className="weak">在企业微信客户资料里改</span>
      </div>
      <ul className="corp-tags" data-testid="corp-tags">
        {tags.map((tag) => (
          <li key={`${tag.groupName}/${tag.name}`} className="chip">
            <span className="corp-group">{tag.groupName}</span>
            {tag.name}
            {tag.note ? <span className="corp-note">{tag.note}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Pairs({ title, pairs }: { title: string; pairs: { label: string; value: string }[] }) {
  if (pairs.length === 0) return null;
  return (
    <section className="section">
      <div className="section-head">
        <h3>{title}</h3>
      </div>
      <dl className="pairs">
        {pairs.map((pair) => (
          <div key={pair.label}>
            <dt>{pair.label}</dt>
            <dd>{pair.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The exclusive guide's history with this customer, newest first. */
export function BindingTimeline({ view }: { view: ContactView }) {
  const { timeline, protectedUntil } = view.binding;
  if (timeline.length === 0) return null;
  return (
    <section className="section" data-testid="binding-timeline">
      <div className="section-head">
        <h3>专属关系</h3>
        {protectedUntil ? (
          <span className="weak">
            保护到 <When at={protectedUntil} />
          </span>
        ) : null}
      </div>
      <ol className="timeline">
        {timeline.map((event) => (
          <li key={`${event.at}${event.text}`}>
            <p>{event.text}</p>
            <When at={event.at} className="weak" />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Their own choice under "my data"; chatting, materials and coupons go on. */
function Unshared({ view }: { view: ContactView }) {
  return (
    <>
      <section className="section" data-testid="unshared">
        <div className="section-head">
          <h3>顾客没有与门店共享资料</h3>
        </div>
        <p className="weak">
          等级、尺码、购买、浏览和标签都不显示，这是顾客自己的选择。你仍可以正常聊天、发素材和券；顾客在小程序“我的数据”里随时可以重新打开。
        </p>
      </section>
      <BindingTimeline view={view} />
    </>
  );
}

/** Who they are, as far as they let the store know. */
export function TabProfile({ view }: { view: ContactView }) {
  return view.isShared ? <Profile view={view} /> : <Unshared view={view} />;
}

/** Tags with their reasons, sizes, facts, the binding's history. */
function Profile({ view }: { view: ContactView }) {
  const { tags, add, remove, isAdding } = useTags(view.externalUserId, view.tags);
  const [shownId, setShownId] = useState<string | null>(null);
  const [isPicking, setPicking] = useState(false);
  const phone = view.profile?.phoneMasked;
  const knowsPhone = view.facts.some((fact) => fact.label === '手机');
  const shown = tags.find((tag) => tag.id === shownId);
  return (
    <>
      <section className="section">
        <div className="section-head">
          <h3>标签</h3>
          <span className="weak">{tags.length > 0 ? '点标签看原因' : '聊到什么，随手记一个'}</span>
        </div>
        <ul className="tags" data-testid="tags">
          {tags.map((tag) => (
            <li key={tag.id}>
              <button type="button" className="tag" data-source={tag.source} onClick={() => setShownId(tag.id)}>
                {tag.name}
              </button>
            </li>
          ))}
          <li>
            <button type="button" className="tag tag-add" onClick={() => setPicking(true)} data-testid="tag-add">
              <Icon name="add" />
              加标签
            </button>
          </li>
        </ul>
      </section>
      <CorpTags tags={view.corpTags ?? []} />
      <Pairs title="尺码" pairs={view.sizes} />
      <Pairs
        title="了解"
        pairs={phone && !knowsPhone ? [{ label: '手机', value: phone }, ...view.facts] : view.facts}
      />
      <BindingTimeline view={view} />
      <Sheet title={shown?.name ?? ''} isOpen={shown !== undefined} onClose={() => setShownId(null)} testId="tag-sheet">
        {shown ? (
          <TagDetail
            tag={shown}
            onRemove={() => {
              setShownId(null);
              remove(shown);
            }}
          />
        ) : null}
      </Sheet>
      <Sheet title="加标签" isOpen={isPicking} onClose={() => setPicking(false)} testId="tag-picker">
        <TagPicker
          held={new Set(tags.map((tag) => tag.id))}
          isBusy={isAdding}
          onPick={async (tag, evidence) => {
            if (await add(tag, evidence)) setPicking(false);
          }}
        />
      </Sheet>
    </>
  );
}
