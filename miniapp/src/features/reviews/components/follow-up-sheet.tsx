import { Textarea } from '@tarojs/components';
import { useRef, useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { randomKey } from '@/lib/random-key';
import { toast, toastDone } from '@/lib/toast';
import { Button } from '@/ui/button';
import { type KeptPicture, PictureField } from '@/ui/picture-field';
import { Sheet } from '@/ui/sheet';

/** One more word after wearing it for a while. */
export function FollowUpSheet(props: { reviewId: string | null; onClose(): void; onDone(): void }) {
  const { reviewId, onClose, onDone } = props;
  const [text, setText] = useState('');
  const [pictures, setPictures] = useState<KeptPicture[]>([]);
  const [isBusy, setBusy] = useState(false);
  const key = useRef(randomKey());
  const send = async () => {
    if (!reviewId) return;
    setBusy(true);
    try {
      await api.mall.followUp({
        params: { id: reviewId },
        body: {
          text: text.trim(),
          ...(pictures.length > 0 ? { pictureIds: pictures.map(({ id }) => id) } : {}),
        },
        idempotencyKey: key.current,
      });
      key.current = randomKey();
      setText('');
      setPictures([]);
      toastDone('已追评');
      onDone();
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      isOpen={reviewId !== null}
      title="追评"
      onClose={onClose}
      testId="follow-up-sheet"
      footer={
        <Button
          isBlock
          isBusy={isBusy}
          isDisabled={text.trim() === ''}
          onTap={() => void send()}
          testId="send-follow-up"
        >
          发布
        </Button>
      }
    >
      <Textarea
        className="field-area"
        value={text}
        maxlength={500}
        placeholder="穿了一阵子，感觉怎么样？"
        data-testid="follow-up-text"
        onInput={(event) => setText(event.detail.value)}
      />
      <PictureField purpose="REVIEW" pictures={pictures} onChange={setPictures} />
    </Sheet>
  );
}
