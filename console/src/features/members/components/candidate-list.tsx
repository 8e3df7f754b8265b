import { Link, useNavigate } from 'react-router';
import { useUrlFilters } from '../../../lib/url-state';
import { optionsOf } from '../../../lib/words';
import { Choice } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import { type Candidate, useCandidates } from '../api';
import { CANDIDATE_STATE, scoreText } from '../model';
import { PersonCell } from './person-cell';

/** The score with a bar, so that a page of pairs can be read at a glance. */
function Score({ id, score }: { id: string; score: number }) {
  return (
    <div style={{ width: 120 }}>
      <div className="row">
        <Link to={`/members/pairs/${id}`} className="link" aria-label={`比较这两位，相似度 ${score}`}>
          <b className="num" style={{ fontSize: 18 }}>
            {score}
          </b>
        </Link>
        <span className="muted small">/ 100</span>
      </div>
      <div className="share-bar" style={{ height: 6 }} aria-hidden="true">
        <i style={{ width: `${score}%`, background: 'var(--brand)' }} />
      </div>
      <div className="muted small">{scoreText(score)}</div>
    </div>
  );
}

const COLUMNS: Column<Candidate>[] = [
  {
    key: 'score',
    title: '相似度',
    width: 144,
    render: (row) => <Score id={row.id} score={row.score} />,
    text: (row) => row.score,
  },
  {
    key: 'a',
    title: '这位',
    width: 172,
    render: (row) => <PersonCell person={row.a} />,
    text: (row) => row.a.memberNo,
  },
  {
    key: 'b',
    title: '和这位',
    width: 172,
    render: (row) => <PersonCell person={row.b} />,
    text: (row) => row.b.memberNo,
  },
  {
    key: 'signals',
    title: '为什么像',
    width: 188,
    render: (row) => row.signals.map((one) => <div key={one.kind + one.text}>{one.text}</div>),
    text: (row) => row.signals.map((one) => one.text).join('；'),
  },
  {
    key: 'blockers',
    title: '为什么没有自动合并',
    width: 232,
    render: (row) =>
      row.blockers.length > 0 ? (
        row.blockers.map((one) => (
          <div key={one.code} className={one.isFinal ? 'danger' : 'warn'}>
            {one.text}
          </div>
        ))
      ) : (
        <span className="muted">号码都只是参考，需要人来看</span>
      ),
    text: (row) => row.blockers.map((one) => one.text).join('；'),
  },
  {
    key: 'at',
    title: '发现',
    width: 96,
    render: (row) => (
      <>
        <When at={row.createdAt} isAgo />
        {row.state === 'OPEN' ? null : (
          <div className="muted small">
            {CANDIDATE_STATE[row.state]} · {row.decidedBy}
          </div>
        )}
      </>
    ),
  },
];

/** Pairs that look like one person, best first. */
export function CandidateList() {
  const go = useNavigate();
  const [filters, setFilters] = useUrlFilters(['state', 'score']);
  const pairs = useCandidates(filters.state, filters.score ? Number(filters.score) : undefined);
  return (
    <ListCard
      name="merge-candidates"
      title="待合并"
      pages={pairs}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="candidate-row"
      onRow={(row) => void go(`/members/pairs/${row.id}`)}
      filters={
        <>
          <Choice
            label="待决定"
            value={filters.state}
            options={optionsOf(CANDIDATE_STATE)}
            onChange={(state) => setFilters({ state })}
            testId="filter-state"
          />
          <Choice
            label="相似度"
            value={filters.score}
            options={[
              { value: '80', label: '80 分以上' },
              { value: '50', label: '50 分以上' },
            ]}
            onChange={(score) => setFilters({ score })}
          />
        </>
      }
      empty={<Empty title="没有要决定的" hint="有几份档案像是同一个人、又不能自动认定时，会排在这里。" />}
    />
  );
}
