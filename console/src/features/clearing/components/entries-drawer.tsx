import { Button, Drawer } from 'antd';
import type { ClearingEntry } from '../../../lib/types';
import { Money } from '../../../ui/money';
import { Empty, Loaded, LoadFailed } from '../../../ui/states';
import { When } from '../../../ui/when';
import { useEntries } from '../api';
import { involving, legsByParty } from '../model';

interface EntriesDrawerProps {
  party: string | undefined;
  /** Only entries in which this party has a part too. */
  other: string | undefined;
  title: string;
  from: string | undefined;
  to: string | undefined;
  onClose: () => void;
}

function Entry({ entry }: { entry: ClearingEntry }) {
  const legs = legsByParty(entry);
  return (
    <>
      {legs.map((leg, at) => (
        <tr key={leg.party} data-testid="clearing-leg">
          {at === 0 ? (
            <td rowSpan={legs.length}>
              <b>{entry.kindText}</b>
              <div className="muted small">{entry.note}</div>
              <div className="muted small">
                <When at={entry.at} />
              </div>
            </td>
          ) : null}
          <td>{leg.name}</td>
          <td className="muted nowrap">{leg.fen > 0 ? '应收' : '应付'}</td>
          <td className="right">
            <Money fen={Math.abs(leg.fen)} />
          </td>
        </tr>
      ))}
    </>
  );
}

function Entries({ party, other, from, to }: Omit<EntriesDrawerProps, 'title' | 'onClose'>) {
  const entries = useEntries({ from, to, party });
  const rows = involving(entries.rows, other);
  if (entries.error && entries.rows.length === 0)
    return <LoadFailed error={entries.error} onRetry={() => void entries.refetch()} />;
  return (
    <Loaded query={entries}>
      {() => (
        <div className="stack">
          {rows.length === 0 && !entries.hasNextPage ? (
            <Empty title="没有明细" />
          ) : (
            <table className="plain" data-testid="clearing-entries">
              <thead>
                <tr>
                  <th>事由</th>
                  <th>单位</th>
                  <th />
                  <th className="right">金额</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </tbody>
            </table>
          )}
          {entries.hasNextPage ? (
            <Button loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
              加载更早的
            </Button>
          ) : (
            <span className="muted small">没有更多了</span>
          )}
        </div>
      )}
    </Loaded>
  );
}

/** The entries behind an amount. */
export function EntriesDrawer(props: EntriesDrawerProps) {
  const { party, title, onClose, ...rest } = props;
  return (
    <Drawer title={title} open={party !== undefined} onClose={onClose} size={640} destroyOnHidden>
      {party === undefined ? null : <Entries party={party} {...rest} />}
    </Drawer>
  );
}
