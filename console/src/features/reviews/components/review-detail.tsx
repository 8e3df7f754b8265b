import { Input, Select, Space } from 'antd';
import { useState } from 'react';
import { exactText } from '../../../lib/time';
import type { Review } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { useReviewActs } from '../api';

const HIDE_REASONS = [
  { value: 'PERSONAL_DATA', label: '泄露个人信息' },
  { value: 'ILLEGAL', label: '违法内容' },
  { value: 'ABUSE', label: '辱骂' },
  { value: 'ADVERTISING', label: '广告' },
  { value: 'COURT_ORDER', label: '法院或监管要求' },
] as const;
const BRAND_REPLY = '品牌回复';
type HideReason = (typeof HIDE_REASONS)[number]['value'];

/** What is taken from the public needs more of a reason than what is given back to it. */
const LEAST_NOTE = { show: 2, hide: 4 };

function Pictures({ urls }: { urls: readonly string[] }) {
  return (
    <div className="row" style={{ flexWrap: 'wrap' }}>
      {urls.map((url) => (
        <a key={url} href={url} target="_blank" rel="noreferrer">
          <img src={url} alt="评价图片" width={72} height={72} style={{ borderRadius: 4, objectFit: 'cover' }} />
        </a>
      ))}
    </div>
  );
}

function Reply({ review, isHq }: { review: Review; isHq: boolean }) {
  const acts = useReviewActs(review.id);
  const [text, setText] = useState('');
  return (
    <Space.Compact style={{ width: '100%', maxWidth: 560 }}>
      <Input
        value={text}
        maxLength={300}
        placeholder={`以${isHq ? '品牌' : '门店'}的名义公开回复，只能回一次`}
        onChange={(event) => setText(event.target.value)}
        data-testid="review-reply"
      />
      <ActionButton
        type="primary"
        done="已回复"
        disabled={text.trim().length < 2}
        run={() => acts.reply(text.trim())}
        testId="review-reply-send"
      >
        回复
      </ActionButton>
    </Space.Compact>
  );
}

function Visibility({ review }: { review: Review }) {
  const acts = useReviewActs(review.id);
  const [reason, setReason] = useState<HideReason>();
  const [note, setNote] = useState('');
  const isHidden = review.state === 'HIDDEN' || review.state === 'MANUAL';
  const least = isHidden ? LEAST_NOTE.show : LEAST_NOTE.hide;
  return (
    <Space wrap>
      {isHidden ? null : (
        <Select<HideReason>
          value={reason}
          options={[...HIDE_REASONS]}
          placeholder="法定理由"
          onChange={setReason}
          style={{ width: 150 }}
          data-testid="hide-reason"
        />
      )}
      <Input
        value={note}
        maxLength={200}
        placeholder={`说明，至少 ${least} 个字，会留在记录里`}
        style={{ width: 240 }}
        onChange={(event) => setNote(event.target.value)}
        data-testid="hide-note"
      />
      {isHidden ? (
        <ActionButton
          done="已展示"
          disabled={note.trim().length < least}
          run={() => acts.show(note.trim())}
          testId="show-review"
        >
          展示
        </ActionButton>
      ) : (
        <ActionButton
          danger
          done="已隐藏"
          disabled={!reason || note.trim().length < least}
          run={async () => {
            if (reason) await acts.hide(reason, note.trim());
          }}
          testId="hide-review"
        >
          隐藏
        </ActionButton>
      )}
    </Space>
  );
}

/** One review whole, with what may be done about it. */
export function ReviewDetail({ review, isHq }: { review: Review; isHq: boolean }) {
  // The store answers once and headquarters once, each without the other.
  const hasAnswered = review.replies.some((reply) => (reply.byName === BRAND_REPLY) === isHq);
  return (
    <div className="stack tight" data-testid="review-detail">
      <div style={{ whiteSpace: 'pre-wrap', maxWidth: 720 }}>{review.text || '没有写文字'}</div>
      <Pictures urls={review.pictures} />
      {review.followUp ? (
        <div>
          <b>{review.followUp.daysAfter} 天后追评：</b>
          {review.followUp.text}
          <Pictures urls={review.followUp.pictures} />
        </div>
      ) : null}
      <div className="muted small">
        {[review.spec, `订单 ${review.orderNo}`, review.check].filter(Boolean).join(' · ')}
      </div>
      {review.replies.map((reply) => (
        <div key={reply.at} className="small">
          {reply.byName} 回复：{reply.text}
        </div>
      ))}
      {hasAnswered || review.state !== 'SHOWN' ? null : <Reply review={review} isHq={isHq} />}
      {isHq && review.state !== 'DELETED' ? <Visibility review={review} /> : null}
      {review.log.length > 0 ? (
        <ul className="small muted">
          {review.log.map((one) => (
            <li key={one.at + one.text}>
              {exactText(one.at)} {one.byName}：{one.text}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
