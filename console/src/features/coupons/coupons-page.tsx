import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useIsHq } from '../../lib/me';
import { useUrlFilters } from '../../lib/url-state';
import { PageFrame } from '../../ui/page';
import { COUPON_FILTERS } from './api';
import { IssuedList } from './components/issued-list';
import { RedemptionList } from './components/redemption-list';
import { SettingsDrawer } from './components/settings-drawer';
import { TemplateList } from './components/template-list';

const TABS = [
  { value: 'templates', label: '券模板' },
  { value: 'issued', label: '发出的券' },
  { value: 'redemptions', label: '到店核销' },
];

/** Coupons: what is offered, what is out, what has come back over the counter. */
export default function CouponsPage() {
  const isHq = useIsHq();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters(COUPON_FILTERS);
  const [isEditing, setEditing] = useState(false);
  const tab = filters.tab ?? 'templates';
  return (
    <PageFrame
      title="优惠券"
      hint={
        isHq
          ? '预算按最坏情况占用：发出去的券就算全部用掉，也不会超。'
          : '发出、用掉和优惠只算你的门店；自愿参加的券，点进去选择。'
      }
      actions={
        isHq ? (
          <>
            <Button onClick={() => setEditing(true)}>券的规则</Button>
            <Button type="primary" onClick={() => void navigate('/coupons/new')} data-testid="template-new">
              新建券模板
            </Button>
          </>
        ) : null
      }
    >
      <Segmented
        options={TABS}
        value={tab}
        onChange={(next) => setFilters({ tab: next === 'templates' ? undefined : next })}
        style={{ marginBottom: 12 }}
        data-testid="coupons-tab"
      />
      {tab === 'templates' ? <TemplateList filters={filters} setFilters={setFilters} /> : null}
      {tab === 'issued' ? <IssuedList /> : null}
      {tab === 'redemptions' ? <RedemptionList filters={filters} setFilters={setFilters} /> : null}
      {isHq ? <SettingsDrawer isOpen={isEditing} onClose={() => setEditing(false)} /> : null}
    </PageFrame>
  );
}
