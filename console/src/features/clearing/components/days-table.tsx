import { countText } from '../../../lib/money';
import { todayOf } from '../../../lib/time';
import { clock } from '../../../platform/clock';
import { Money } from '../../../ui/money';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { type ClearingFilters, useClearingDays } from '../api';

interface DaysTableProps {
  filters: ClearingFilters;
  /** What a whole day came to after setting off is headquarters' figure. */
  isHq: boolean;
  onDay: (day: string) => void;
}

/** Business days with what passed between parties, before and after setting off. */
export function DaysTable({ filters, isHq, onDay }: DaysTableProps) {
  const days = useClearingDays(filters);
  const today = todayOf(clock.now());
  return (
    <Card title="每天的往来">
      <Loaded query={days}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title="这段时间没有往来" hint="换一段日期再看。" />
          ) : (
            <table className="plain" data-testid="clearing-days">
              <thead>
                <tr>
                  <th>营业日</th>
                  <th>状态</th>
                  <th className="right">笔数</th>
                  <th className="right">往来金额</th>
                  {isHq ? <th className="right">轧差后要转</th> : null}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.day}>
                    <td>
                      <button type="button" className="link num" onClick={() => onDay(row.day)}>
                        {row.day}
                      </button>
                    </td>
                    <td>
                      <Status tone={row.isClosed ? 'good' : 'go'}>
                        {row.isClosed ? '已轧差' : row.day === today ? '今天还在记' : '等夜里轧差'}
                      </Status>
                    </td>
                    <td className="right num">{countText(row.entryCount)}</td>
                    <td className="right">
                      <Money fen={row.grossFen} />
                    </td>
                    {isHq ? (
                      <td className="right">
                        {row.isClosed ? <Money fen={row.nettedFen} /> : <span className="muted">—</span>}
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Card>
  );
}
