import { Link } from 'react-router';
import { useIsHq } from '../../../lib/me';
import { countText, moneyText } from '../../../lib/money';
import type { GuideWork } from '../../../lib/types';
import { Card } from '../../../ui/page';
import { Empty } from '../../../ui/states';
import { partText } from '../model';

const TITLES = ['派发', '已发', '打开', '下单', '跳过'];

/** What this morning's pack asks for, and how far it is. */
export function TodayCard({ work }: { work: GuideWork }) {
  const isHq = useIsHq();
  const { pack, today } = work;
  const items = today.reduce((sum, row) => sum + row.items, 0);
  const done = today.reduce((sum, row) => sum + row.sent + row.skipped, 0);
  return (
    <Card
      title="今天的任务"
      extra={
        pack && items > 0 ? (
          <span className="muted small num">
            {items} 位里做了 {done} 位 · 约 {pack.minutes} 分钟
          </span>
        ) : null
      }
    >
      {today.length === 0 ? (
        pack ? (
          <Empty title="今天没有要联系的顾客" hint="没有到时间的提醒，也没有派给这位导购的任务。" />
        ) : (
          <Empty title="今天的任务还没有派发" hint="每天早上八点半派发；导购先打开工作台，就会更早。" />
        )
      ) : (
        <>
          <table className="plain" data-testid="guide-today">
            <thead>
              <tr>
                <th>联系什么</th>
                {TITLES.map((title) => (
                  <th key={title} className="right">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {today.map((row) => (
                <tr key={`${row.taskId} ${row.title}`}>
                  <td>
                    {row.taskId && isHq ? (
                      <Link className="link" to={`/tasks/${row.taskId}`}>
                        {row.title}
                      </Link>
                    ) : (
                      row.title
                    )}
                    <div className="muted small">{row.taskId ? '总部派的任务' : '系统的提醒'}</div>
                  </td>
                  {[row.items, row.sent, row.opened, row.ordered, row.skipped].map((count, at) => (
                    <td key={TITLES[at]} className="right num">
                      {count === 0 ? <span className="muted">—</span> : count}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {pack?.leftOutText ? (
            <p className="muted small" style={{ marginTop: 10 }}>
              {pack.leftOutText}
            </p>
          ) : null}
        </>
      )}
    </Card>
  );
}

/** What came of everything that was sent to customers lately. */
export function SendsCard({ sends }: { sends: GuideWork['sends'] }) {
  const { days, sent, opened, ordered, orderFen } = sends;
  const figures = [
    { name: '发给顾客', value: countText(sent), note: '任务和平时聊天里发的' },
    { name: '顾客打开', value: countText(opened), note: partText(opened, sent, '发出的') },
    { name: '下了单', value: countText(ordered), note: partText(ordered, opened, '打开的') },
    { name: '成交', value: moneyText(orderFen), note: '已减去退款' },
  ];
  return (
    <Card title={`最近 ${days} 天发出去的`}>
      {sent === 0 ? (
        <Empty title="还没有给顾客发过" hint="在侧边栏给顾客发商品、券或话术以后，这里会显示打开和下单。" />
      ) : (
        <dl className="figures" style={{ margin: 0 }} data-testid="guide-sends">
          {figures.map((figure) => (
            <div key={figure.name} className="figure">
              <dt>{figure.name}</dt>
              <dd className="figure-value num">{figure.value}</dd>
              <div className="figure-note">{figure.note || '—'}</div>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
