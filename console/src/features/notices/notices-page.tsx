import { Segmented } from 'antd';
import { useUrlFilters } from '../../lib/url-state';
import { PageFrame } from '../../ui/page';
import { NOTICE_FILTERS } from './api';
import { KindList } from './components/kind-list';
import { NoticeLog } from './components/notice-log';

const TABS = [
  { value: 'templates', label: '模板' },
  { value: 'log', label: '发送记录' },
];

/** Subscribe messages: which template says what, and what became of each message. */
export default function NoticesPage() {
  const [filters, setFilters] = useUrlFilters(NOTICE_FILTERS);
  const tab = filters.tab ?? 'templates';
  return (
    <PageFrame title="服务通知" hint="顾客在小程序里同意一次，就能在微信里收到一条。只通知顾客自己的事，不发广告。">
      <Segmented
        options={TABS}
        value={tab}
        onChange={(next) => setFilters({ tab: next === 'templates' ? undefined : next })}
        style={{ marginBottom: 12 }}
        data-testid="notices-tab"
      />
      {tab === 'templates' ? <KindList /> : <NoticeLog filters={filters} setFilters={setFilters} />}
    </PageFrame>
  );
}
