import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { api } from '../../../lib/api';
import type { CouponTemplateDetail } from '../../../lib/types';
import { Field } from '../../../ui/field';
import { ActionFailed } from '../../../ui/states';
import { useTemplateActs } from '../api';
import { readCodes } from '../model';

interface GiveProps {
  one: CouponTemplateDetail;
  isOpen: boolean;
  onClose: () => void;
}

const LEAST_REASON = 2;
const MOST_MEMBERS = 500;
const MOST_CODES = 1000;
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
export function IssueDrawer({ one, isOpen, onClose }: GiveProps) {
  const acts = useTemplateActs(one.id);
  const [members, setMembers] = useState<Chosen[]>([]);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof acts.issue>> | null>(null);
  const submit = async () => {
    setBusy(true);
    setError(null);
    setAnswer(null);
    try {
      setAnswer(
        await acts.issue(
          members.map((member) => member.value),
          reason.trim(),
        ),
      );
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const nameOf = (id: string) => members.find((member) => member.value === id)?.label ?? id;
  return (
    <Drawer
      title={`发「${one.face.name}」给会员`}
      open={isOpen}
      onClose={onClose}
      size={480}
      destroyOnHidden
      footer={
        <Button
          type="primary"
          loading={isBusy}
          disabled={members.length === 0 || reason.trim().length < LEAST_REASON}
          onClick={() => void submit()}
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
        <ActionFailed error={error} title="没有发出" />
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

/** Unique codes printed elsewhere: the first person to enter one gets the coupon. */
export function CodesDrawer({ one, isOpen, onClose }: GiveProps) {
  const acts = useTemplateActs(one.id);
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof acts.importCodes>> | null>(null);
  const { codes, bad } = readCodes(text);
  const isTooMany = codes.length > MOST_CODES;
  const submit = async () => {
    setBusy(true);
    setError(null);
    setAnswer(null);
    try {
      setAnswer(await acts.importCodes(codes));
      setText('');
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      title={`给「${one.face.name}」导入兑换码`}
      open={isOpen}
      onClose={onClose}
      size={480}
      destroyOnHidden
      footer={
        <Button
          type="primary"
          loading={isBusy}
          disabled={codes.length === 0 || bad.length > 0 || isTooMany}
          onClick={() => void submit()}
        >
          导入 {codes.length} 个
        </Button>
      }
    >
      <div className="stack">
        <Field
          label="兑换码"
          hint="从表格里整列粘贴就行；6–32 位字母、数字或短横线，一次最多 1,000 个"
          problem={
            bad.length > 0
              ? `${bad.length} 个不能用：${bad.slice(0, 5).join('、')}${bad.length > 5 ? '…' : ''}`
              : isTooMany
                ? `一次最多 1,000 个，这里有 ${codes.length} 个`
                : null
          }
        >
          <Input.TextArea
            aria-label="兑换码"
            rows={12}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="num"
          />
        </Field>
        <ActionFailed error={error} title="没有导入" />
        {answer ? (
          <Alert
            type={answer.known.length > 0 ? 'warning' : 'success'}
            showIcon
            title={`导入 ${answer.added} 个`}
            description={
              answer.known.length > 0
                ? `${answer.known.length} 个以前导过，跳过了：${answer.known.slice(0, 10).join('、')}`
                : null
            }
          />
        ) : null}
      </div>
    </Drawer>
  );
}

/** Withdraws all coupons of a template that are not used yet. */
export function RevokeDrawer({ one, isOpen, onClose }: GiveProps) {
  const acts = useTemplateActs(one.id);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof acts.revoke>> | null>(null);
  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      setAnswer(await acts.revoke(reason.trim()));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      title={`撤回没用的「${one.face.name}」`}
      open={isOpen}
      onClose={onClose}
      size={480}
      destroyOnHidden
      footer={
        <Button
          type="primary"
          danger
          loading={isBusy}
          disabled={reason.trim().length < LEAST_REASON}
          onClick={() => void submit()}
        >
          全部撤回
        </Button>
      }
    >
      <div className="stack">
        <span>已经用掉的不受影响；正在订单里的，等订单取消时再撤回。撤回后顾客会在券包里看到原因。</span>
        <Field label="原因">
          <Input
            aria-label="撤回原因"
            maxLength={80}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <ActionFailed error={error} title="没有撤回" />
        {answer ? (
          <Alert
            type="success"
            showIcon
            title={`撤回 ${answer.revoked} 张`}
            description={`${answer.usedKept} 张已经用掉，${answer.lockedKept} 张在订单里`}
          />
        ) : null}
      </div>
    </Drawer>
  );
}
