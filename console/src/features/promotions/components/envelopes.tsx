import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useIsHq } from '../../../lib/me';
import { todayOf } from '../../../lib/time';
import type { PromotionEnvelope } from '../../../lib/types';
import { clock } from '../../../platform/clock';
import { ActionButton } from '../../../ui/action-button';
import { Money } from '../../../ui/money';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { YuanInput } from '../../../ui/yuan-input';
import { useEnvelopes, useSetEnvelope } from '../api';

function Row({ row, isHq }: { row: PromotionEnvelope; isHq: boolean }) {
  const save = useSetEnvelope();
  const [budgetFen, setBudget] = useState<number | null>(row.budgetFen);
  const left = row.budgetFen - row.usedFen;
  return (
    <tr data-testid="envelope" className="middle">
      <td>{row.franchiseeName}</td>
      <td className="right">
        <Money fen={row.budgetFen} />
      </td>
      <td className="right">
        <Money fen={row.usedFen} />
      </td>
      <td className="right">
        <Money fen={left} strong />
      </td>
      {isHq ? (
        <td style={{ width: 300 }}>
          <div className="row">
            <YuanInput label={`${row.franchiseeName}的额度`} value={budgetFen} onChange={setBudget} />
            <ActionButton
              done="已设置"
              disabled={budgetFen === null || budgetFen === row.budgetFen}
              run={() => save(row.franchiseeId, row.month, budgetFen ?? 0)}
            >
              设置
            </ActionButton>
          </div>
        </td>
      ) : null}
    </tr>
  );
}

/** What franchisees may spend on promotions of their own in a month. */
export function Envelopes({ month, onMonth }: { month: string | undefined; onMonth: (month: string) => void }) {
  const isHq = useIsHq();
  const shown = month ?? todayOf(clock.now()).slice(0, 7);
  const envelopes = useEnvelopes(shown);
  return (
    <Card
      title={isHq ? '加盟商自办活动的额度' : '我自办活动的额度'}
      extra={
        <DatePicker
          picker="month"
          allowClear={false}
          aria-label="月份"
          value={dayjs(`${shown}-01`)}
          onChange={(day) => (day ? onMonth(day.format('YYYY-MM')) : undefined)}
        />
      }
    >
      <p className="muted" style={{ marginBottom: 8 }}>
        {isHq
          ? '加盟商发布自己的活动时，预算不能超过当月剩下的额度。'
          : '总部每个月给一个额度，你自己的活动的预算不能超过剩下的。额度不够请联系总部。'}
      </p>
      <Loaded query={envelopes}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title="还没有加盟商" />
          ) : (
            <table className="plain">
              <thead>
                <tr>
                  <th>加盟商</th>
                  <th className="right">额度</th>
                  <th className="right">已用</th>
                  <th className="right">还剩</th>
                  {isHq ? <th>改额度</th> : null}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row key={`${row.franchiseeId} ${row.month}`} row={row} isHq={isHq} />
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Card>
  );
}
