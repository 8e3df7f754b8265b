import type { OrderDetail } from '@shuke/shared/contracts';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { confirm, toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { payOrder } from '@/session/pay-order';

export function useOrder(id: string) {
  const query = useQuery(id ? `order:${id}` : null, () => api.mall.order({ params: { id } }));
  const [busy, setBusy] = useState<'pay' | 'cancel' | 'receive' | null>(null);

  const run = async (what: NonNullable<typeof busy>, work: () => Promise<OrderDetail | null>) => {
    setBusy(what);
    try {
      const order = await work();
      if (order) query.put(order);
      else await query.reload();
      return true;
    } catch (reason) {
      toast(troubleOf(reason).message);
      await query.reload();
      return false;
    } finally {
      setBusy(null);
    }
  };

  return {
    ...query,
    busy,
    pay: () =>
      run('pay', async () => {
        const outcome = await payOrder(id, { due: query.data?.presale?.due });
        if (outcome.kind === 'paid') toastDone('付款成功');
        else if (outcome.kind === 'cancelled') toast('还没有付款，订单先为你留着');
        else toast(outcome.text);
        return null;
      }),
    check: () => run('pay', () => api.mall.checkPayment({ params: { id } })),
    cancel: async () => {
      if (!(await confirm('取消订单', '取消后库存会释放，需要重新下单', '取消订单'))) return;
      await run('cancel', () => api.mall.cancelOrder({ params: { id } }));
    },
    receive: async () => {
      if (!(await confirm('确认收货', '请确认包裹已经在你手上', '已收到'))) return;
      await run('receive', () => api.mall.confirmReceipt({ params: { id } }));
    },
  };
}
