import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { api } from '../../../lib/api';
import { Field } from '../../../ui/field';
import { ActionFailed } from '../../../ui/states';
import { useTemplateActs } from '../api';
import { LEAST_REASON, type TemplateDrawerProps } from './template-drawer';

const MOST_MEMBERS = 500;
const SETTLE_MS = 300;

type Chosen = { value: string; label: React.ReactNode };

/** Members found by phone, number, card or nickname; those already chosen stay. */
function MembersPicker({ value, onChange }: { value: Chosen[]; onChange: (members: Chosen[]) => void }) {
  const [words, setWords] = useState('');
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words.trim()), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  const found = useQuery({
    queryKey: ['members', 'pick', settled],
    queryFn: () => api.console.members({ query: { q: settled, limit: 20 } }),
    enabled: settled !== '',
    staleTime: 60_000,
  });
  return (
    <Select
      mode="multiple"
      labelInValue
      aria-label="会员"
      placeholder="按手机号、会员号或昵称找，可多选"
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={found.isFetching}
      value={value}
      maxCount={MOST_MEMBERS}
      options={(found.data?.items ?? []).map(({ profile }) => ({
        value: profile.id,
        label: [profile.nickname, profile.phoneMasked].filter(Boolean).join(' · '),
      }))}
      onChange={(members: Chosen[]) => onChange(members)}
      notFoundContent={settled === '' ? '输入手机号、会员号或昵称' : found.isFetching ? '正在找…' : '没有找到'}
      data-testid="issue-members"
    />
  );
}

/** Gives a coupon to named members; whoever is refused is listed with the reason. */
export function IssueDrawer({ one, isOpen, onClose }: TemplateDrawerProps) {
  const acts = useTemplateActs(one.id);
  const [members, setMembers] = useState<Chosen[]>([]);
  const [reason, setReason] = useState('');
  const give = useMutation({
    mutationFn: async (to: Chosen[]) => {
      const answer = await acts.issue(
        to.map((member) => member.value),
        reason.trim(),
      );
      return { ...answer, to };
    },
    // Whoever has theirs is not given another by the next press; the reason often holds for the next few as well.
    onSuccess: () => setMembers([]),
  });
  const answer = give.data;
  const nameOf = (id: string) => answer?.to.find((member) => member.value === id)?.label ?? id;
  return (
    <Drawer
      title={`发「${one.face.name}」给会员`}
      open={isOpen}
      onClose={onClose}
      size={480}
      destroyOnHidden
      afterOpenChange={(open) => {
        if (!open && give.isSuccess) {
          give.reset();
          setReason('');
        }
      }}
      footer={
        <Button
          type="primary"
          loading={give.isPending}
          disabled={members.length === 0 || reason.trim().length < LEAST_REASON}
          onClick={() => give.mutate(members)}
          data-testid="issue-submit"
        >
          发给 {members.length} 位
        </Button>
      }
    >
      <div className="stack">
        <Field label="会员" hint={`一次最多 ${MOST_MEMBERS} 位`}>
          <MembersPicker value={members} onChange={setMembers} />
        </Field>
        <Field label="原因" hint="会留在记录里">
          <Input
            aria-label="原因"
            maxLength={80}
            value={reason}
            placeholder="比如：补偿 11 月 20 日晚到的快递"
            onChange={(event) => setReason(event.target.value)}
            data-testid="issue-reason"
          />
        </Field>
        <ActionFailed error={give.error} title="没有发出" />
        {answer ? (
          <Alert
            type={answer.refused.length > 0 ? 'warning' : 'success'}
            showIcon
            data-testid="issue-answer"
            title={`发出 ${answer.issued} 张${answer.refused.length > 0 ? `，${answer.refused.length} 位没有发到` : ''}`}
            description={
              answer.refused.length > 0 ? (
                <ul style={{ margin: 0, paddingLeft: 18 }}>
                  {answer.refused.map((refusal) => (
                    <li key={refusal.memberId}>
                      {nameOf(refusal.memberId)}：{refusal.text}
                    </li>
                  ))}
                </ul>
              ) : null
            }
          />
        ) : null}
      </div>
    </Drawer>
  );
}
