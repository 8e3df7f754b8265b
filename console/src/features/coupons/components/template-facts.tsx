import { Descriptions } from 'antd';
import { useIsHq } from '../../../lib/me';
import { countText, moneyText, percentText } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import type { CouponTemplateDetail } from '../../../lib/types';
import { COUPON_KIND, COUPON_PURPOSE, COUPON_SOURCE } from '../../../lib/words';
import { Money } from '../../../ui/money';
import { Card } from '../../../ui/page';
import { BudgetBar } from './template-list';

type Figure = [string, React.ReactNode, string];

/** A franchisee sees what its stores gave out and took in; the brand's budget is headquarters' business. */
const ownFigures = (one: CouponTemplateDetail): Figure[] => [
  [
    '我的门店发出',
    countText(one.issuedCount),
    one.useRateBp === null ? '还没有发出' : `其中 ${percentText(one.useRateBp)} 已用掉`,
  ],
  ['在我的门店用掉', countText(one.usedCount), '不管是哪里发的'],
  ['在我的门店优惠', moneyText(one.spentFen), `由${one.bearerText}承担`],
];

function Figures({ one }: { one: CouponTemplateDetail }) {
  const isHq = useIsHq();
  const all: Figure[] = [
    ['发出', countText(one.issuedCount), one.totalCount === null ? '不限张数' : `一共 ${countText(one.totalCount)} 张`],
    ['预留', countText(one.reservedCount), '导购发出还没领'],
    ['用掉', countText(one.usedCount), one.useRateBp === null ? '还没有发出' : `使用率 ${percentText(one.useRateBp)}`],
    ['已优惠', moneyText(one.spentFen), one.bearerText],
    ['最多还要花', moneyText(one.committedFen), '发出没用的全部用掉'],
  ];
  const figures = isHq ? all : ownFigures(one);
  return (
    <dl className="figures" style={{ margin: 0 }} data-testid="template-figures">
      {figures.map(([name, value, note]) => (
        <div key={name} className="figure">
          <dt>{name}</dt>
          <dd className="figure-value num" style={{ margin: 0 }}>
            {value}
          </dd>
          <dd className="figure-note" style={{ margin: 0 }}>
            {note}
          </dd>
        </div>
      ))}
      {isHq ? (
        <div className="figure">
          <dt>预算</dt>
          <dd style={{ margin: '6px 8px 0 0' }}>
            <BudgetBar row={one} />
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

const takeText = ({ input: { take } }: CouponTemplateDetail): string =>
  [
    take.isPublic ? '领券中心可领' : null,
    take.forGuides ? '导购可发' : null,
    take.afterPayFromFen === null ? null : `付款满 ${moneyText(take.afterPayFromFen)} 自动送`,
    `每人限领 ${take.perMember} 张`,
    take.newMembersOnly ? '只给新客' : null,
  ]
    .filter(Boolean)
    .join('，');

function Facts({ one }: { one: CouponTemplateDetail }) {
  const { terms } = one.input;
  const items = [
    { key: 'kind', label: '种类', children: COUPON_KIND[one.face.kind] },
    { key: 'purpose', label: '用途', children: COUPON_PURPOSE[one.purpose] },
    { key: 'condition', label: '条件', children: one.face.conditionText },
    { key: 'valid', label: '有效期', children: one.validText },
    { key: 'scope', label: '商品', children: one.face.scopeText },
    { key: 'stores', label: '门店', children: one.face.storeText },
    { key: 'take', label: '怎么领', children: takeText(one) },
    { key: 'bearers', label: '谁承担', children: one.bearerText },
    {
      key: 'stack',
      label: '叠加',
      children: `${terms.stack.mode === 'JOINT' ? '可以和别的券一起用' : '只能单独用'}，一单最多 ${terms.stack.perOrder} 张`,
    },
    {
      key: 'other',
      label: '其他',
      children: [terms.canGive ? '可以转赠' : '不能转赠', terms.isRefundable ? '全额退款后退回' : '退款不退券'].join(
        '，',
      ),
    },
  ];
  return <Descriptions column={2} items={items} styles={{ label: { width: 72 } }} />;
}

function CountTable({
  head,
  rows,
  empty,
}: {
  head: [string, string, string];
  rows: { key: string; name: string; a: number; b: React.ReactNode }[];
  /** What has not happened yet. */
  empty: string;
}) {
  if (rows.length === 0) return <p className="muted">{empty}</p>;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{head[0]}</th>
          <th className="right">{head[1]}</th>
          <th className="right">{head[2]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>{row.name}</td>
            <td className="right num">{countText(row.a)}</td>
            <td className="right num">{row.b}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a template says and what became of it. */
export function TemplateFacts({ one }: { one: CouponTemplateDetail }) {
  return (
    <div className="stack">
      <Figures one={one} />
      <Card title="券面和规则">
        <Facts one={one} />
      </Card>
      <div className="grid" style={{ gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', alignItems: 'start' }}>
        <Card title="从哪里发出">
          <CountTable
            empty="还没有发出过。"
            head={['来源', '发出', '用掉']}
            rows={one.bySource.map((row) => ({
              key: row.source,
              name: COUPON_SOURCE[row.source] ?? '其他',
              a: row.issued,
              b: countText(row.used),
            }))}
          />
        </Card>
        <Card title="用在哪些门店">
          <CountTable
            empty="还没有门店收到过这张券。"
            head={['门店', '用掉', '优惠']}
            rows={one.byStore.map((row) => ({
              key: row.storeId,
              name: row.storeName,
              a: row.used,
              b: <Money fen={row.discountFen} />,
            }))}
          />
        </Card>
        <Card title="哪些导购在发">
          <CountTable
            empty="还没有导购发过。"
            head={['导购', '发出', '用掉']}
            rows={one.byGuide.map((row) => ({
              key: row.guideId,
              name: row.guideName,
              a: row.issued,
              b: countText(row.used),
            }))}
          />
        </Card>
      </div>
    </div>
  );
}

/** A coupon keeps the version at which it was issued. */
export function Versions({ one }: { one: CouponTemplateDetail }) {
  return (
    <Card title="每一版">
      <table className="plain" data-testid="versions">
        <thead>
          <tr>
            <th>版本</th>
            <th>时间</th>
            <th>谁改的</th>
            <th className="right">按这版发出</th>
          </tr>
        </thead>
        <tbody>
          {one.versions.map((row) => (
            <tr key={row.version}>
              <td>
                第 {row.version} 版{row.version === one.version ? '（现在）' : ''}
              </td>
              <td className="num">{exactText(row.at)}</td>
              <td>{row.by}</td>
              <td className="right num">{countText(row.couponCount)} 张</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
