import { useAllStores } from '../../../lib/stores';
import type { PromotionDetail, Store } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { usePromotionActs } from '../api';

/** Stores of mine that the promotion is meant for, whether they take part or not. */
export function reachedStores(one: PromotionDetail, stores: readonly Store[]): Store[] {
  return stores.filter(
    (store) =>
      (one.storeIds === null || one.storeIds.includes(store.id)) &&
      (one.owner.franchiseeId === null || store.franchiseeId === one.owner.franchiseeId),
  );
}

/** Which stores take part; each may be taken out and back in, now. */
export function StoresPanel({ one }: { one: PromotionDetail }) {
  const stores = useAllStores();
  const acts = usePromotionActs(one.id);
  const canMove = one.state !== 'ENDED';
  return (
    <Card title="参加的门店">
      <Loaded query={stores}>
        {(all) => {
          const rows = reachedStores(one, all);
          if (rows.length === 0) return <Empty title="没有门店参加" />;
          return (
            <table className="plain">
              <thead>
                <tr>
                  <th>门店</th>
                  <th>地区</th>
                  <th>参加</th>
                  <th aria-label="操作" />
                </tr>
              </thead>
              <tbody>
                {rows.map((store) => {
                  const isOut = one.optedOutStoreIds.includes(store.id);
                  return (
                    <tr key={store.id} data-testid="promotion-store">
                      <td>{store.name}</td>
                      <td className="muted">{store.regionName}</td>
                      <td>
                        <Status tone={isOut ? 'off' : 'good'}>{isOut ? '已退出' : '参加'}</Status>
                      </td>
                      <td style={{ width: 120 }}>
                        {canMove ? (
                          <ActionButton
                            size="small"
                            done={isOut ? '已加入' : '已退出'}
                            run={() => acts.setStore(store.id, isOut)}
                            confirm={
                              isOut
                                ? undefined
                                : {
                                    title: `${store.name} 退出这个活动？`,
                                    description: '之后的订单不再享受；已经下单的不受影响。随时可以再加入。',
                                    okText: '退出',
                                  }
                            }
                          >
                            {isOut ? '重新参加' : '退出'}
                          </ActionButton>
                        ) : null}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          );
        }}
      </Loaded>
    </Card>
  );
}
