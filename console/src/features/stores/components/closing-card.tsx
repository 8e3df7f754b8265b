import { api } from '../../../lib/api';
import { useIsHq } from '../../../lib/me';
import { useRefreshMall } from '../../../lib/refresh';
import { ActionButton } from '../../../ui/action-button';
import { Money } from '../../../ui/money';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { useClosing } from '../mall-api';
import { CLOSING_ORDER, CLOSING_STATE } from '../mall-words';

/** One closing with its orders; money can be given back without waiting for the answer. */
export function ClosingCard({ id }: { id: string }) {
  const closing = useClosing(id);
  const isHq = useIsHq();
  const refresh = useRefreshMall();
  return (
    <Loaded query={closing}>
      {({ closing: one, orders }) => (
        <Card
          title={`${one.storeName} 关店`}
          extra={<Status tone={one.state === 'RUNNING' ? 'warn' : 'off'}>{CLOSING_STATE[one.state]}</Status>}
        >
          <div className="stack">
            <div className="between">
              <span className="muted">
                {one.reason} · <When at={one.startedAt} /> 开始 · 顾客答复到 <When at={one.answerBy} />
                {one.toStoreName ? ` · 自提换到 ${one.toStoreName}` : ''}
              </span>
              {isHq && one.state === 'RUNNING' ? (
                <ActionButton
                  done="已取消"
                  run={() => refresh(api.console.cancelClosing({ params: { id } }))}
                  confirm={{
                    title: '不关了？',
                    description: '门店重新营业；已经换店的自提单留在那边。',
                    okText: '不关了',
                  }}
                >
                  不关了
                </ActionButton>
              ) : null}
            </div>
            {one.presents > 0 ? (
              <span className="muted">
                还有 {one.presents} 份积分礼品等人来取，过了 <When at={one.answerBy} /> 没取的退回积分。
              </span>
            ) : null}
            {orders.length === 0 ? (
              <span className="muted">没有要处理的订单。</span>
            ) : (
              <table className="plain" data-testid="closing-orders">
                <tbody>
                  {orders.map((order) => (
                    <tr key={order.orderId}>
                      <td>
                        <a className="link num" href={`#/orders?order=${order.orderId}`}>
                          {order.orderNo}
                        </a>
                        <div className="muted small">{order.lineText}</div>
                      </td>
                      <td>{order.memberName ?? '—'}</td>
                      <td className="right">
                        <Money fen={order.totalFen} />
                      </td>
                      <td>
                        <span className={order.state === 'STUCK' ? 'danger' : undefined}>
                          {CLOSING_ORDER[order.state]}
                        </span>
                        <div className="muted small">{order.note}</div>
                      </td>
                      <td className="right">
                        {isHq && ['ASKED', 'DECLINED', 'EXPIRED', 'STUCK'].includes(order.state) ? (
                          <ActionButton
                            size="small"
                            done="已退款"
                            run={() =>
                              refresh(
                                api.console.refundClosingOrder({
                                  params: { id, orderId: order.orderId },
                                  timeoutMs: 30_000,
                                }),
                              )
                            }
                            confirm={{
                              title: '不等答复，直接退款？',
                              description: '原路退给顾客，不能撤回。',
                              okText: '退款',
                            }}
                          >
                            直接退款
                          </ActionButton>
                        ) : null}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </div>
        </Card>
      )}
    </Loaded>
  );
}
