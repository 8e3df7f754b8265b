import { describe, expect, it } from 'vitest';
import { lagText, rangesText, summarize } from './model';

const till = (state: 'HEALTHY' | 'GAP' | 'STOPPED' | 'SILENT', missing: number, conflicts = 0) => ({
  id: '1',
  deviceNo: 'A1',
  name: '一号台',
  storeId: '1',
  storeName: '湖滨店',
  state,
  stateText: '',
  nextStep: '',
  lastSeenAt: null,
  lastSequence: 9,
  missing,
  lagSeconds: 0,
  todayRows: 0,
  conflicts,
});

describe('the health of tills', () => {
  it('counts what needs somebody, and no missing numbers of a till that is out of use', () => {
    expect(summarize([till('HEALTHY', 0), till('GAP', 3, 2), till('SILENT', 0), till('STOPPED', 8)])).toEqual({
      healthy: 1,
      waiting: 2,
      stopped: 1,
      missing: 3,
      conflicts: 2,
    });
  });
  it('names missing numbers as ranges', () => {
    expect([rangesText([2, 3, 4, 9]), rangesText([7]), rangesText([])]).toEqual(['2–4、9', '7', '']);
  });
  it('says a delay as people do', () => {
    expect([lagText(59), lagText(61), lagText(7_500)]).toEqual(['59 秒', '1 分钟', '2 小时 5 分']);
  });
});
