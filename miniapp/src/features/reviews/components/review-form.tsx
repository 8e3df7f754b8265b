import type { Reviewable } from '@shuke/shared/contracts';
import { Textarea, View } from '@tarojs/components';
import { useState } from 'react';
import { troubleOf } from '@/lib/errors';
import { goodsName } from '@/lib/format';
import { pageUrl, replaceWith } from '@/lib/navigate';
import { toast, toastDone } from '@/lib/toast';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { Strip } from '@/ui/notice';
import { Picture } from '@/ui/picture';
import { type KeptPicture, PictureField } from '@/ui/picture-field';
import { StarField } from '@/ui/stars';
import { Toggle } from '@/ui/toggle';

interface Words {
  stars: number;
  text: string;
  pictures: KeptPicture[];
}
const NOTHING: Words = { stars: 0, text: '', pictures: [] };
/** A receipt may be long; most people have something to say about a few pieces. */
const LINES_AT_ONCE = 5;
const MOST_AT_ONCE = 20;
const SERVICE = [
  { key: 'attitude', label: '服务态度' },
  { key: 'expertise', label: '专业程度' },
  { key: 'speed', label: '响应速度' },
] as const;
type Service = Record<(typeof SERVICE)[number]['key'], number> & { text: string };

function LineForm(props: { line: Reviewable['lines'][number]; value: Words; onChange(part: Partial<Words>): void }) {
  const { line, value, onChange } = props;
  return (
    <View className="card" data-testid={`review-line-${line.lineId}`}>
      <View className="line-row">
        <Picture url={line.imageUrl} className="picture-mini" />
        <View className="grow">
          <View className="one-line">{goodsName(line.name)}</View>
          {line.spec ? <View className="small soft">{line.spec}</View> : null}
        </View>
      </View>
      <StarField
        label="商品"
        value={value.stars}
        onChange={(stars) => onChange({ stars })}
        testId={`stars-${line.lineId}`}
      />
      <Textarea
        className="field-area spacer-top"
        value={value.text}
        maxlength={500}
        placeholder="穿着怎么样？暖和吗？尺码准不准？"
        data-testid={`words-${line.lineId}`}
        onInput={(event) => onChange({ text: event.detail.value })}
      />
      <PictureField purpose="REVIEW" pictures={value.pictures} onChange={(pictures) => onChange({ pictures })} />
    </View>
  );
}

function ServiceForm(props: {
  who: NonNullable<Reviewable['service']>;
  value: Service;
  onChange(next: Service): void;
}) {
  const { who, value, onChange } = props;
  return (
    <View className="card" data-testid="service-form">
      <View className="row gap-3">
        <Avatar url={who.avatarUrl} name={who.guideName} size={40} />
        <View className="strong">{who.guideName}的服务</View>
      </View>
      {SERVICE.map(({ key, label }) => (
        <StarField
          key={key}
          label={label}
          value={value[key]}
          onChange={(stars) => onChange({ ...value, [key]: stars })}
          testId={`service-${key}`}
        />
      ))}
      <Textarea
        className="field-area spacer-top"
        value={value.text}
        maxlength={500}
        placeholder="想对导购说的话（可不填）"
        onInput={(event) => onChange({ ...value, text: event.detail.value })}
      />
    </View>
  );
}

/** What somebody says about a purchase: the lines that were given stars, and the service when all of it was rated. */
export interface ReviewWish {
  lines: { lineId: string; stars: number; text: string; pictureIds?: string[] }[];
  service?: { attitude: number; expertise: number; speed: number; text: string };
  isAnonymous: boolean;
}

/** Stars, words and pictures for each line of a purchase, and for who served. */
export function ReviewForm({ order, onSend }: { order: Reviewable; onSend(wish: ReviewWish): Promise<void> }) {
  const [words, setWords] = useState<Record<string, Words>>({});
  const [service, setService] = useState<Service>({ attitude: 0, expertise: 0, speed: 0, text: '' });
  const [isAnonymous, setAnonymous] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [seen, setSeen] = useState(LINES_AT_ONCE);
  const wordsOf = (lineId: string) => words[lineId] ?? NOTHING;
  const rated = order.lines.filter(({ lineId }) => wordsOf(lineId).stars > 0);
  const isServiceWhole = SERVICE.every(({ key }) => service[key] > 0);
  const isServiceBegun = SERVICE.some(({ key }) => service[key] > 0);
  const missing =
    isServiceBegun && !isServiceWhole
      ? '服务的三项都评一下'
      : rated.length > MOST_AT_ONCE
        ? `一次最多评 ${MOST_AT_ONCE} 件`
        : rated.length === 0 && !isServiceWhole
          ? '先点几颗星'
          : null;

  const send = async () => {
    setBusy(true);
    try {
      await onSend({
        lines: rated.map(({ lineId }) => {
          const { stars, text, pictures } = wordsOf(lineId);
          const pictureIds = pictures.map(({ id }) => id);
          return { lineId, stars, text: text.trim(), ...(pictureIds.length > 0 ? { pictureIds } : {}) };
        }),
        ...(isServiceWhole ? { service: { ...service, text: service.text.trim() } } : {}),
        isAnonymous,
      });
      toastDone('谢谢你的评价');
      replaceWith(pageUrl.myReviews());
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <View className="body body-with-bar">
      {order.rewardText ? <Strip tone="info">{order.rewardText}</Strip> : null}
      {order.lines.slice(0, seen).map((line) => (
        <LineForm
          key={line.lineId}
          line={line}
          value={wordsOf(line.lineId)}
          onChange={(part) =>
            setWords((before) => ({ ...before, [line.lineId]: { ...(before[line.lineId] ?? NOTHING), ...part } }))
          }
        />
      ))}
      {order.lines.length > seen ? (
        <View className="list-end" role="button" data-testid="more-lines" onClick={() => setSeen(seen + LINES_AT_ONCE)}>
          还有 {order.lines.length - seen} 件，也评一下
        </View>
      ) : null}
      {order.service ? <ServiceForm who={order.service} value={service} onChange={setService} /> : null}
      <View className="card card-flush">
        <View className="cell">
          <View className="grow">
            <View>匿名评价</View>
            <View className="cell-note">别人看不到你的昵称和头像</View>
          </View>
          <Toggle isOn={isAnonymous} label="匿名评价" onTurn={setAnonymous} testId="anonymous" />
        </View>
      </View>
      <View className="bar">
        <Button isBlock isBusy={isBusy} isDisabled={missing !== null} onTap={() => void send()} testId="send-review">
          {missing ?? '提交评价'}
        </Button>
      </View>
    </View>
  );
}
