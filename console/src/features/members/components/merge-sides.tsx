import { Table } from 'antd';
import { countText } from '../../../lib/money';
import { Money } from '../../../ui/money';
import { When } from '../../../ui/when';
import type { Person, Preview } from '../api';
import { STRENGTH } from '../model';
import { PersonCell } from './person-cell';

/** One of the two records, with what proves who it is. */
export function PersonSide({ person, side }: { person: Person; side: string }) {
  return (
    <section className="card grow" aria-label={side} data-testid="merge-side">
      <div className="card-head">
        <h2>{side}</h2>
        <span className="muted small">{person.originText}</span>
      </div>
      <div className="card-body stack tight">
        <PersonCell person={person.profile} />
        <dl className="pairs">
          <dt>等级</dt>
          <dd>{person.profile.levelName}</dd>
          <dt>订单</dt>
          <dd>
            <span className="num">{countText(person.orderCount)} 单</span>，实付 <Money fen={person.totalFen} />
          </dd>
          <dt>最近一单</dt>
          <dd>
            <When at={person.lastOrderAt} none="没有买过" />
          </dd>
          <dt>导购</dt>
          <dd>{person.guideName ?? '没有'}</dd>
          <dt>入会</dt>
          <dd>
            <When at={person.profile.joinedAt} />
          </dd>
        </dl>
        <Identities person={person} />
      </div>
    </section>
  );
}

export function Identities({ person }: { person: Person }) {
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>号码</th>
          <th>能说明什么</th>
          <th>从哪来</th>
        </tr>
      </thead>
      <tbody>
        {person.identities.map((one) => (
          <tr key={one.kind + one.valueMasked}>
            <td>
              {one.kindText} <span className="muted mono">{one.valueMasked}</span>
            </td>
            <td className={one.strength === 'STRONG' ? '' : 'muted'}>{STRENGTH[one.strength]}</td>
            <td className="muted">{one.sourceText}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every consequence, one row each: this side, that side, and what is after. */
export function MergeEffects({ preview }: { preview: Preview }) {
  return (
    <Table
      size="middle"
      pagination={false}
      rowKey={(row) => row.subject + row.title}
      dataSource={preview.effects}
      onRow={() => ({ 'data-testid': 'merge-effect' }) as React.HTMLAttributes<HTMLElement>}
      columns={[
        {
          title: '内容',
          width: 300,
          render: (_, row) => (
            <>
              <b className={row.isWarning ? 'warn' : undefined}>{row.title}</b>
              <div className="muted small">{row.text}</div>
            </>
          ),
        },
        { title: `${preview.from.profile.nickname}（并入）`, dataIndex: 'fromText' },
        { title: `${preview.into.profile.nickname}（保留）`, dataIndex: 'intoText' },
        { title: '合并之后', render: (_, row) => <b>{row.afterText}</b> },
      ]}
      locale={{ emptyText: '两份档案都没有要搬的东西' }}
    />
  );
}
