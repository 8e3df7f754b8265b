import { Select } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import type { BillDifferenceDetail } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { ReasonButton } from '../../../ui/reason-button';
import { useColleagues, useRefreshBills } from '../api';

/** Gives a difference to a colleague, and closes it with what was found out. */
export function DifferenceActs({ one }: { one: BillDifferenceDetail }) {
  const people = useColleagues();
  const refresh = useRefreshBills();
  const [userId, setUser] = useState<string>();
  const params = { id: one.id };
  return (
    <div className="row wrap" style={{ alignItems: 'flex-start' }}>
      <Select
        aria-label="交给谁"
        placeholder="交给谁"
        loading={people.isPending}
        value={userId}
        options={(people.data ?? []).map((user) => ({ value: user.id, label: user.name }))}
        onChange={setUser}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 180 }}
        data-testid="difference-person"
      />
      <ActionButton
        done="已交给对方"
        disabled={userId === undefined}
        run={() => refresh(api.console.assignBillDifference({ params, body: { userId: userId ?? '' } }))}
        testId="difference-assign"
      >
        交给对方
      </ActionButton>
      <span className="grow" />
      <ReasonButton
        type="primary"
        title="了结这条差异"
        description="只记下结论，不改动任何一笔账。需要补单、退款或改费率的，请先办好。"
        label="查到了什么、怎么处理的"
        okText="了结"
        min={4}
        max={200}
        run={(note) => refresh(api.console.closeBillDifference({ params, body: { note } }))}
        testId="difference-close"
      >
        了结
      </ReasonButton>
    </div>
  );
}
