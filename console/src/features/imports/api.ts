import type { consoleRoutes, ResponseOf } from '@shuke/shared/contracts';
import { csvText } from '@shuke/shared/kernel';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import { downloadText } from '../../platform/download';

export type ImportJob = ResponseOf<(typeof consoleRoutes)['importJob']>;
export type ImportHead = ResponseOf<(typeof consoleRoutes)['importHead']>;
export type ImportIssue = ResponseOf<(typeof consoleRoutes)['importIssues']>['items'][number];
export type Verdict = ImportIssue['verdict'];

const isMoving = (state: ImportJob['state'] | undefined): boolean =>
  state === 'CHECKING' || state === 'RUNNING' || state === 'UNDOING';

export function useImportJobs() {
  const jobs = usePages<ImportJob>(['import-jobs'], (page) => api.console.importJobs({ query: page }), { limit: 20 });
  return jobs;
}

/** One import; asked again while something is happening to it. */
export const useImportJob = (id: string) =>
  useQuery({
    queryKey: ['import-job', id],
    queryFn: () => api.console.importJob({ params: { id } }),
    refetchInterval: (query) => (isMoving(query.state.data?.state) ? 800 : false),
  });

export const useImportHead = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['import-head', id],
    queryFn: () => api.console.importHead({ params: { id } }),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useImportIssues = (id: string, verdict: Verdict | null, enabled: boolean) =>
  usePages<ImportIssue>(
    ['import-issues', id, verdict],
    (page) => api.console.importIssues({ params: { id }, query: { ...page, verdict: verdict ?? undefined } }),
    { enabled },
  );

export function useImportActs(id: string) {
  const client = useQueryClient();
  const params = { id };
  const keep = async (job: ImportJob) => {
    client.setQueryData(['import-job', id], job);
    client.removeQueries({ queryKey: ['import-issues', id] });
    await client.invalidateQueries({ queryKey: ['import-jobs'] });
  };
  return {
    check: async (mapping: ImportHead['guess'], options: ImportHead['options']) =>
      keep(await api.console.tryImport({ params, body: { mapping, options } })),
    run: async () => keep(await api.console.runImport({ params })),
    undo: async () => keep(await api.console.undoImport({ params })),
    drop: async () => {
      await api.console.dropImport({ params });
      await client.invalidateQueries({ queryKey: ['import-jobs'] });
    },
  };
}

/** Saves the failed rows as a list that can be corrected and brought back: their first numbers stay with them. */
export async function downloadFailedRows(job: ImportJob): Promise<void> {
  const head = await api.console.importHead({ params: { id: job.id } });
  const columns = head.columns.filter((column) => column !== '原行号' && column !== '未导入原因');
  const rows: (string | number)[][] = [];
  let cursor: string | undefined;
  do {
    const page = await api.console.importIssues({ params: { id: job.id }, query: { cursor, limit: 1000 } });
    for (const item of page.items) rows.push([item.row, item.problem, ...item.cells]);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const name = job.fileName.replace(/\.(csv|xlsx|tsv|txt)?(\.gz)?$/i, '');
  downloadText(`${name}-未导入.csv`, csvText(['原行号', '未导入原因', ...columns], rows), 'text/csv;charset=utf-8');
}
