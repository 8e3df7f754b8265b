import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Sheet } from '@/ui/sheet';
import type { OutLine, Refusal } from '../refusals';
import './checkout.scss';

export interface OutProps {
  lines: readonly OutLine[];
  /** Who has a piece or sends it. */
  show(line: OutLine): ReactNode;
  isBusy: boolean;
  /** Goes on without what is out; left out when nothing else is wanted. */
  onDrop: (() => void) | null;
}

/** What is out here: for each piece who has it or sends it, and how to go on with the rest. */
export function OutHere({ lines, show, isBusy, onDrop }: OutProps) {
  return (
    <View data-testid="out-here">
      {lines.map(show)}
      {onDrop ? (
        <Button isBlock isBusy={isBusy} onTap={onDrop} testId="drop-sold-out">
          去掉卖完的，买其余的
        </Button>
      ) : null}
    </View>
  );
}

interface RefusedProps extends Omit<OutProps, 'lines'> {
  refusal: Refusal | null;
  onAgain(): void;
  /** Looks whether the order is there already. */
  onOrders(): void;
  onUsual(): void;
  onBack(): void;
  onClose(): void;
}

/** An order that did not come about, with what can be done instead. */
export function Refused({ refusal, onAgain, onOrders, onUsual, onBack, onClose, ...out }: RefusedProps) {
  if (refusal?.kind === 'out')
    return (
      <Sheet isOpen title="有商品买不到了" onClose={onClose} testId="sold-out-sheet">
        <View className="mid">{refusal.message}</View>
        <OutHere lines={refusal.lines} {...out} />
      </Sheet>
    );
  if (refusal?.kind === 'seckill-over')
    return (
      <Dialog
        isOpen
        title="抢光了"
        testId="seckill-over"
        actions={
          <>
            <Button isBlock isBusy={out.isBusy} onTap={onUsual} testId="buy-usual">
              按平常价买
            </Button>
            <Button kind="quiet" isBlock onTap={onBack} testId="seckill-back">
              看看别的
            </Button>
          </>
        }
      >
        {refusal.message}
      </Dialog>
    );
  if (refusal?.kind === 'lost')
    return (
      <Dialog
        isOpen
        title="没有收到结果"
        testId="submit-lost"
        actions={
          <>
            <Button isBlock onTap={onAgain} testId="submit-again">
              再试一次
            </Button>
            <Button kind="quiet" isBlock onTap={onOrders} testId="lost-orders">
              看看我的订单
            </Button>
          </>
        }
      >
        网络断了一下，这一单可能已经提交了。放心再试，不会重复下单，也不会重复付款。
      </Dialog>
    );
  return (
    <Dialog
      isOpen={refusal !== null}
      title="还没轮到"
      testId="still-full"
      actions={
        <>
          <Button isBlock onTap={onAgain} testId="queue-again">
            接着排
          </Button>
          <Button kind="quiet" isBlock onTap={onClose} testId="queue-stop">
            先不等了
          </Button>
        </>
      }
    >
      排了一分钟，人还是很多。商品还没有卖完，也还没有下单，你可以接着排。
    </Dialog>
  );
}
