import { Descriptions } from 'antd';
import { moneyText } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import type { OrderDetail } from '../../../lib/types';
import { CHANNEL } from '../../../lib/words';
import { Money } from '../../../ui/money';
import { ShipForm } from './ship-form';

function Lines({ order }: { order: OrderDetail }) {
  return (
    <table className="plain" data-testid="order-lines">
      <thead>
        <tr>
          <th>商品</th>
          <th className="right">单价</th>
          <th className="right">数量</th>
          <th className="right">实付</th>
          <th className="right">已退</th>
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line) => (
          <tr key={line.id}>
            <td>
              <div className="row" style={{ alignItems: 'flex-start' }}>
                {line.imageUrl ? (
                  <img
                    src={line.imageUrl}
                    alt=""
                    width={36}
                    height={36}
                    style={{ borderRadius: 4, objectFit: 'cover', background: '#f1f4f4' }}
                  />
                ) : null}
                <div>
                  {line.name}
                  <div className="muted small">{line.spec}</div>
                </div>
              </div>
            </td>
            <td className="right">
              <Money fen={line.unitPriceFen} />
            </td>
            <td className="right num">{line.qty}</td>
            <td className="right">
              <Money fen={line.payableFen} />
            </td>
            <td className="right">
              {line.refundedFen === 0 ? (
                <span className="muted">—</span>
              ) : (
                <span className="num">
                  {moneyText(line.refundedFen)}
                  <div className="muted small">{line.refundedQty} 件</div>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Amounts({ order }: { order: OrderDetail }) {
  return (
    <table className="plain" style={{ marginLeft: 'auto', maxWidth: 380 }}>
      <tbody>
        {order.steps.map((step) => (
          <tr key={step.label}>
            <td>
              {step.label}
              {step.explain ? <div className="muted small">{step.explain}</div> : null}
            </td>
            <td className="right">
              <Money fen={step.amountFen} />
            </td>
          </tr>
        ))}
        {order.steps.length === 0 ? (
          <>
            <tr>
              <td>商品</td>
              <td className="right">
                <Money fen={order.goodsFen} />
              </td>
            </tr>
            <tr>
              <td>运费</td>
              <td className="right">
                <Money fen={order.freightFen} />
              </td>
            </tr>
          </>
        ) : null}
      </tbody>
      <tfoot>
        <tr>
          <td>实付</td>
          <td className="right">
            <Money fen={order.totalFen} />
          </td>
        </tr>
        {order.refundedFen > 0 ? (
          <>
            <tr>
              <td>已退</td>
              <td className="right">
                <Money fen={-order.refundedFen} />
              </td>
            </tr>
            <tr>
              <td>净收</td>
              <td className="right">
                <Money fen={order.totalFen - order.refundedFen} />
              </td>
            </tr>
          </>
        ) : null}
      </tfoot>
    </table>
  );
}

/** What was bought, by whom, to where, for how much. */
export function OrderFacts({ order }: { order: OrderDetail }) {
  const { address, shipping } = order;
  const items = [
    { key: 'member', label: '会员', children: order.memberName ?? '散客' },
    { key: 'guide', label: '导购', children: order.guideName ?? '—' },
    { key: 'channel', label: '渠道', children: CHANNEL[order.channel] },
    { key: 'paid', label: '付款', children: order.paidAt ? exactText(order.paidAt) : '未付款' },
    ...(order.fulfil === 'PICKUP'
      ? [{ key: 'pickup', label: '自提码', children: <span className="num">{order.pickupCode ?? '付款后生成'}</span> }]
      : [
          {
            key: 'address',
            label: '收货',
            span: 2,
            children: address
              ? `${address.name} ${address.phone} ${address.province}${address.city}${address.district}${address.detail}`
              : '—',
          },
        ]),
    ...(shipping
      ? [
          {
            key: 'ship',
            label: '物流',
            span: 2,
            children: `${shipping.company} ${shipping.trackingNo}（${exactText(shipping.shippedAt)} 发出）`,
          },
        ]
      : []),
    ...(order.remark ? [{ key: 'remark', label: '顾客留言', span: 2, children: order.remark }] : []),
  ];
  return (
    <div className="stack">
      <Descriptions size="small" column={2} items={items} />
      {order.state === 'TO_SHIP' ? <ShipForm orderId={order.id} /> : null}
      <Lines order={order} />
      <Amounts order={order} />
    </div>
  );
}
