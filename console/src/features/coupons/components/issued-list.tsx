import { Drawer, Input } from 'antd';
import { useState } from 'react';
import { useIsHq } from '../../../lib/me';
import { exactText } from '../../../lib/time';
import { COUPON_TONE } from '../../../lib/tones';
import type { IssuedCoupon } from '../../../lib/types';
import { COUPON_SOURCE, COUPON_STATE, optionsOf } from '../../../lib/words';
import { ActionButton } from '../../../ui/action-button';
import { Choice, TextFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { useIssuedCoupon, useIssuedCoupons, useTemplateActs } from '../api';

const sourceText = (row: IssuedCoupon): string =>
  [COUPON_SOURCE[row.source] ?? '其他', row.guideName].filter(Boolean).join(' · ');

const COLUMNS: Column<IssuedCoupon>[] = [
  {
    key: 'code',
    title: '券码',
    width: 150,
    isFixed: true,
    render: (row) => (
      <button type="button" className="link num">
        {row.code}
      </button>
    ),
    text: (row) => row.code,
  },
  { key: 'name', title: '券', width: 150, isExtra: true, render: (row) => row.name, text: (row) => row.name },
  {
    key: 'member',
    title: '会员',
    width: 110,
    render: (row) => row.memberName ?? <span className="muted">还没有人</span>,
    text: (row) => row.memberName ?? '',
  },
  {
    key: 'state',
    title: '状态',
    width: 110,
    render: (row) => <Status tone={COUPON_TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
  { key: 'source', title: '来源', width: 150, render: sourceText, text: sourceText },
  { key: 'at', title: '发出', width: 120, render: (row) => <When at={row.at} />, text: (row) => exactText(row.at) },
  {
    key: 'until',
    title: '到期',
    width: 120,
    render: (row) => <When at={row.validUntil} />,
    text: (row) => exactText(row.validUntil),
  },
  {
    key: 'store',
    title: '用在',
    width: 160,
    render: (row) => row.usedStoreName ?? <span className="muted">—</span>,
    text: (row) => row.usedStoreName ?? '',
  },
  moneyColumn({
    key: 'discount',
    title: '优惠',
    fen: (row) => row.discountFen ?? 0,
    dashZero: true,
    isSummed: true,
    width: 100,
  }),
  {
    key: 'version',
    title: '版本',
    width: 70,
    isExtra: true,
    render: (row) => `第 ${row.version} 版`,
    text: (row) => row.version,
  },
];

const MAY_REVOKE: ReadonlySet<IssuedCoupon['state']> = new Set(['ISSUED', 'AVAILABLE', 'GIVING', 'LOCKED']);

function Revoke({ coupon }: { coupon: IssuedCoupon }) {
  const acts = useTemplateActs(coupon.templateId);
  const [reason, setReason] = useState('');
  return (
    <div className="stack tight">
      <b>撤回这张券</b>
      <Input
        aria-label="撤回原因"
        placeholder="原因，会留在记录里"
        maxLength={80}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ActionButton
        danger
        done="已处理"
        disabled={reason.trim().length < 2}
        run={() => acts.revoke(reason.trim(), [coupon.id])}
      >
        撤回
      </ActionButton>
    </div>
  );
}

function History({ id }: { id: string }) {
  const isHq = useIsHq();
  const coupon = useIssuedCoupon(id);
  return (
    <Loaded query={coupon}>
      {({ coupon: one, history }) => (
        <div className="stack">
          <div className="between">
            <div>
              <b>{one.name}</b>
              <div className="muted small">
                第 {one.version} 版 · {sourceText(one)}
                {one.memberName ? ` · ${one.memberName}` : ''}
              </div>
            </div>
            <Status tone={COUPON_TONE[one.state]}>{one.stateText}</Status>
          </div>
          {one.revokeReason ? <div className="muted">撤回原因：{one.revokeReason}</div> : null}
          <table className="plain" data-testid="coupon-history">
            <tbody>
              {history.map((step) => (
                <tr key={`${step.at} ${step.text}`}>
                  <td style={{ width: 150 }} className="muted num">
                    {exactText(step.at)}
                  </td>
                  <td>{step.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {isHq && MAY_REVOKE.has(one.state) ? <Revoke coupon={one} /> : null}
        </div>
      )}
    </Loaded>
  );
}

/** Coupons that are out, of one template or of all, each with its history. */
export function IssuedList({ templateId }: { templateId?: string }) {
  const [filters, setFilters] = useState<{ state?: string; code?: string }>({});
  const [openId, setOpenId] = useState<string | null>(null);
  const coupons = useIssuedCoupons({ templateId, ...filters });
  return (
    <>
      <ListCard
        name="issued-coupons"
        title="发出的券"
        pages={coupons}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="coupon-row"
        onRow={(row) => setOpenId(row.id)}
        filters={
          <>
            <TextFilter label="券码" value={filters.code} onChange={(code) => setFilters({ ...filters, code })} />
            <Choice
              label="状态"
              value={filters.state}
              options={optionsOf(COUPON_STATE)}
              onChange={(state) => setFilters({ ...filters, state })}
            />
          </>
        }
        empty={
          filters.state || filters.code ? (
            <Empty title="没有符合条件的券" hint="放宽筛选条件再看。" />
          ) : (
            <Empty title="还没有发出过" hint="顾客领取、导购发放或总部发放后，会出现在这里。" />
          )
        }
      />
      <Drawer title="券的经过" open={openId !== null} onClose={() => setOpenId(null)} size={520} destroyOnHidden>
        {openId ? <History id={openId} /> : null}
      </Drawer>
    </>
  );
}
