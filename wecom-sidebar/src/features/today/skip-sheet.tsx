import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { MorningPack, PackItem, SkipReason } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { Icon } from '../../design/icon';
import { Sheet } from '../../design/sheet';
import { snack } from '../../design/snackbar';
import { problemText } from '../../design/states';

const REASONS: { reason: SkipReason; text: string }[] = [
  { reason: 'TALKED_TODAY', text: '今天已经聊过' },
  { reason: 'BOUGHT_ALREADY', text: '已经买过了' },
  { reason: 'NOT_SUITABLE', text: '不适合这位客户' },
  { reason: 'ASKED_NOT_TO', text: '客户说过别打扰' },
  { reason: 'OTHER', text: '其他' },
];

/** Why not this one: the answer makes tomorrow's pack better. */
export function SkipSheet({ item, onClose }: { item: PackItem | null; onClose: () => void }) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const skip = useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: SkipReason }) =>
      api.guide.skipItem({ params: { id }, body: note.trim() ? { reason, note: note.trim() } : { reason } }),
    onSuccess: (changed) => {
      client.setQueryData<MorningPack>(keys.pack, (old) =>
        old ? { ...old, items: old.items.map((one) => (one.id === changed.id ? changed : one)) } : old,
      );
      void client.invalidateQueries({ queryKey: keys.pack });
      snack('已跳过，明天的任务会更准');
      setNote('');
      onClose();
    },
    onError: (error) => snack(problemText(error)),
  });
  const skipOnce = useOnce(skip);
  return (
    <Sheet
      title={`跳过${item ? ` ${item.customerName}` : ''}`}
      isOpen={item !== null}
      onClose={onClose}
      testId="skip-sheet"
    >
      <div className="choices">
        {REASONS.map(({ reason, text }) => (
          <button
            type="button"
            key={reason}
            disabled={skip.isPending}
            onClick={() => item && skipOnce({ id: item.id, reason })}
            data-testid={`skip-${reason}`}
          >
            {text}
            <Icon name="next" />
          </button>
        ))}
      </div>
      <input
        className="field"
        style={{ marginTop: 12 }}
        placeholder="补一句（可不填）"
        aria-label="补充说明"
        maxLength={60}
        value={note}
        onChange={(e) => setNote(e.target.value)}
      />
    </Sheet>
  );
}
