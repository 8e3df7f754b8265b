import { Drawer } from 'antd';
import { api } from '../../../lib/api';
import { useIsHq } from '../../../lib/me';
import type { TillDetail } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { useRefreshTills, useTill } from '../api';
import { ACT_KIND, lagText, PROBLEM, rangesText, TILL_TONE } from '../model';

function Facts({ device, connectorName, missing }: TillDetail) {
  return (
    <dl className="pairs">
      <dt>编号</dt>
      <dd className="mono">{device.deviceNo}</dd>
      <dt>门店</dt>
      <dd>{device.storeName}</dd>
      <dt>收银系统</dt>
      <dd>{connectorName || '—'}</dd>
      <dt>最近联系</dt>
      <dd>
        <When at={device.lastSeenAt} none="还没有联系过" />
        <span className="muted">，最新一笔晚到 {lagText(device.lagSeconds)}</span>
      </dd>
      <dt>传到第几笔</dt>
      <dd className="num">{device.lastSequence}</dd>
      <dt>待补传</dt>
      <dd data-testid="till-missing">
        {device.missing === 0 ? (
          '没有缺的'
        ) : (
          <>
            <span className="danger">缺 {device.missing} 笔</span>
            <span className="muted">，序号 {rangesText(missing)}</span>
          </>
        )}
      </dd>
      <dt>回放冲突</dt>
      <dd>{device.conflicts === 0 ? '没有' : `${device.conflicts} 次，同一序号两次内容不同，以先到的为准`}</dd>
    </dl>
  );
}

function Problems({ problems }: Pick<TillDetail, 'problems'>) {
  if (problems.length === 0) return <Empty title="传上来的每一笔都记上了" />;
  return (
    <table className="plain" data-testid="till-problems">
      <thead>
        <tr>
          <th className="right">序号</th>
          <th>操作</th>
          <th>小票号</th>
          <th>发生时间</th>
          <th>为什么</th>
        </tr>
      </thead>
      <tbody>
        {problems.map((row) => (
          <tr key={row.sequence}>
            <td className="right num">{row.sequence}</td>
            <td className="nowrap">{ACT_KIND[row.kind]}</td>
            <td className="mono">{row.externalNo ?? '—'}</td>
            <td>
              <When at={row.happenedAt} />
            </td>
            <td>
              <Status tone={row.state === 'WAITING' ? 'idle' : 'bad'}>{PROBLEM[row.state]}</Status>
              <div className="small muted">{row.text}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Content({ id }: { id: string }) {
  const query = useTill(id);
  const refresh = useRefreshTills();
  const isHq = useIsHq();
  return (
    <Loaded query={query} rows={8}>
      {(one) => (
        <div className="stack" data-testid="till">
          <div className="between">
            <b style={{ fontSize: 16 }}>{one.device.name}</b>
            <Status tone={TILL_TONE[one.device.state]}>{one.device.stateText}</Status>
          </div>
          {one.device.nextStep ? <div className="says">{one.device.nextStep}</div> : null}
          <Facts {...one} />
          {isHq && one.device.state !== 'STOPPED' ? (
            <ActionButton
              danger
              done="已停用"
              run={() => refresh(api.console.stopPosDevice({ params: { id } }))}
              confirm={{
                title: `停用${one.device.name}？`,
                description:
                  '从现在起不再接收它的任何数据，包括断网时积下的单子；已经记上的不变。要恢复，得由总部重新登记。',
                okText: '停用',
              }}
              testId="till-stop"
            >
              停用这台收银机
            </ActionButton>
          ) : null}
          <section>
            <h3>没有记上的</h3>
            <Problems problems={one.problems} />
          </section>
        </div>
      )}
    </Loaded>
  );
}

export function TillDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <Drawer title="收银机" open={id !== null} onClose={onClose} size={680} destroyOnHidden>
      {id ? <Content key={id} id={id} /> : null}
    </Drawer>
  );
}
