import { View } from '@tarojs/components';
import { useNow } from '@/lib/use-now';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import type { Queueing } from '../use-queue';

/** Waiting for the turn: what happens, for how long already, and the way out. */
export function QueueDialog({ queueing, onLeave }: { queueing: Queueing | null; onLeave(): void }) {
  const now = useNow(queueing !== null);
  const seconds = queueing ? Math.max(0, Math.trunc((now - queueing.since) / 1_000)) : 0;
  return (
    <Dialog
      isOpen={queueing !== null}
      title="排队中"
      testId="queue"
      actions={
        <Button kind="quiet" isBlock isBusy={queueing?.isLeaving === true} onTap={onLeave} testId="queue-leave">
          {queueing?.isLeaving ? '正在停下' : '不等了'}
        </Button>
      }
    >
      <View className="queue">
        <View className="spinner" />
        <View>抢的人很多，正在一个一个处理。轮到你就自动下单，不用再点。</View>
        <View className="small soft digits" data-testid="queue-waited">
          已经等了 {seconds} 秒
        </View>
      </View>
    </Dialog>
  );
}
