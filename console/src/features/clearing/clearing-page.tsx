import { DownloadOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useMe } from '../../lib/me';
import { useAllStores } from '../../lib/stores';
import type { ClearingMatrix } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { downloadText } from '../../platform/download';
import { ActionButton } from '../../ui/action-button';
import { DaysFilter } from '../../ui/filters';
import { Card, PageFrame } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { CLEARING_FILTERS, exportClearing, useMatrix } from './api';
import { DaysTable } from './components/days-table';
import { EntriesDrawer } from './components/entries-drawer';
import { HeatTable } from './components/heat-table';
import { NetTable } from './components/net-table';

/** Whose entries I may open: headquarters everybody's, a franchisee its own and its stores'. */
function useMayOpen(): (party: string) => boolean {
  const user = useMe();
  const stores = useAllStores();
  if (user.role === 'HQ') return () => true;
  const own = new Set([
    `FRANCHISEE:${user.franchiseeId ?? ''}`,
    ...(stores.data ?? []).map((store) => `STORE:${store.id}`),
  ]);
  return (party) => own.has(party);
}

const nameIn = (matrix: ClearingMatrix | undefined, party: string | undefined): string =>
  matrix?.parties.find((one) => one.party === party)?.name ?? '';

/** Who owes whom between headquarters, stores and franchisees: by day, as a table of debts, down to each entry. */
export default function ClearingPage() {
  const isHq = useMe().role === 'HQ';
  const [filters, setFilters] = useUrlFilters(CLEARING_FILTERS);
  const [wasCut, setCut] = useState(false);
  const matrix = useMatrix(filters);
  const mayOpen = useMayOpen();
  const open = (party: string, other?: string) => setFilters({ party, with: other });
  const download = async () => {
    const file = await exportClearing(filters);
    setCut(file.isCut);
    downloadText(file.fileName, file.text, 'text/csv;charset=utf-8');
  };
  const [first, second] = [nameIn(matrix.data, filters.party), nameIn(matrix.data, filters.with)];
  return (
    <PageFrame
      title="清分"
      hint={
        isHq
          ? '一家店替别家发的券、收的储值、退的货付出的钱，由该承担的一方补回来；每天轧差一次。'
          : '只列出和你、你的门店有关的往来。'
      }
      actions={
        <>
          <DaysFilter from={filters.from} to={filters.to} onChange={(from, to) => setFilters({ from, to })} />
          <ActionButton icon={<DownloadOutlined aria-hidden />} done="已导出" run={download} testId="clearing-export">
            导出明细
          </ActionButton>
        </>
      }
    >
      <Loaded query={matrix} rows={10}>
        {(data) => (
          <div className="stack">
            {wasCut ? <div className="warn">明细太多，只导出了前 5,000 笔；分几段日期导出就能全部拿到。</div> : null}
            <Card
              title="谁该付给谁"
              extra={
                <span className="muted small num">
                  {data.from} 至 {data.to}
                </span>
              }
            >
              <HeatTable matrix={data} onOpen={(from, to) => (mayOpen(from) ? open(from, to) : open(to, from))} />
            </Card>
            <div
              className="grid"
              style={{ gridTemplateColumns: 'minmax(0, 1.2fr) minmax(0, 1fr)', alignItems: 'start' }}
            >
              <Card title="轧差后各自收付">
                {data.parties.length === 0 ? (
                  <Empty title="没有往来" />
                ) : (
                  <NetTable matrix={data} mayOpen={mayOpen} onOpen={(party) => open(party)} />
                )}
              </Card>
              <DaysTable filters={filters} isHq={isHq} onDay={(day) => setFilters({ from: day, to: day })} />
            </div>
          </div>
        )}
      </Loaded>
      <EntriesDrawer
        party={filters.party}
        other={filters.with}
        title={second ? `${first}和${second}的往来` : `${first}的往来`}
        from={filters.from}
        to={filters.to}
        onClose={() => setFilters({ party: undefined, with: undefined })}
      />
    </PageFrame>
  );
}
