import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { exactCount } from '../../lib/money';
import type { CouponTemplateDetail } from '../../lib/types';
import { clock } from '../../platform/clock';
import { LeaveGuard } from '../../ui/leave-guard';
import { PageFrame } from '../../ui/page';
import { ActionFailed, Loaded } from '../../ui/states';
import { UNREADABLE, UnreadableFields, useUnreadable } from '../../ui/unreadable';
import { useSaveTemplate, useTemplate, useTemplateCheck } from './api';
import { CheckCard } from './components/check-card';
import { TemplateFields } from './components/template-form';
import { emptyTemplate, formOf, inputOf, type TemplateForm } from './model';

function Editor({ one }: { one: CouponTemplateDetail | null }) {
  const navigate = useNavigate();
  const save = useSaveTemplate();
  const [form, setForm] = useState<TemplateForm>(() => (one ? formOf(one) : emptyTemplate(clock.now())));
  const [first] = useState(form);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (part: Partial<TemplateForm>) => setForm((old) => ({ ...old, ...part }));
  const setTerms = (part: Partial<TemplateForm['terms']>) =>
    setForm((old) => ({ ...old, terms: { ...old.terms, ...part } }));
  const setTake = (part: Partial<TemplateForm['take']>) =>
    setForm((old) => ({ ...old, take: { ...old.take, ...part } }));
  const input = inputOf(form);
  const { check, error: checkError, refetch } = useTemplateCheck(input);
  const problemOf = (field: string) => check?.problems.find((one) => one.field === field)?.text ?? null;
  const isDraft = one === null || one.status === 'DRAFT';
  const { hasUnreadable, report } = useUnreadable();
  const canSave = input !== null && !hasUnreadable && check !== undefined && (isDraft || check.isPublishable);
  const submit = async () => {
    if (!input) return;
    setBusy(true);
    setError(null);
    try {
      const saved = await save(one?.id ?? null, input);
      await navigate(`/coupons/${saved.id}`);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1fr) 300px', alignItems: 'start' }}>
      <LeaveGuard isDirty={() => !isBusy && form !== first} />
      <div className="stack">
        {one && one.issuedCount > 0 ? (
          <Alert
            type="info"
            showIcon
            title={`已经发出 ${exactCount(one.issuedCount)} 张，它们按发出时的那一版用；保存后是第 ${one.version + 1} 版，只影响之后发的。`}
          />
        ) : null}
        <UnreadableFields value={report}>
          <TemplateFields form={form} set={set} setTerms={setTerms} setTake={setTake} problemOf={problemOf} />
        </UnreadableFields>
        <ActionFailed error={error} title="没有保存" />
        <div className="row">
          <Button
            type="primary"
            loading={isBusy}
            disabled={!canSave}
            onClick={() => void submit()}
            data-testid="template-save"
          >
            {isDraft ? '存为草稿' : '保存新的一版'}
          </Button>
          <Button disabled={isBusy} onClick={() => void navigate(-1)}>
            取消
          </Button>
          {hasUnreadable ? <span className="danger small">{UNREADABLE}</span> : null}
        </div>
      </div>
      <div style={{ position: 'sticky', top: 68 }}>
        <CheckCard
          check={hasUnreadable ? undefined : check}
          error={checkError}
          isAsked={input !== null && !hasUnreadable}
          onRetry={() => void refetch()}
        />
      </div>
    </div>
  );
}

/** Drafts a coupon template; its worst case is checked while typing. */
export default function TemplateEditPage() {
  const { id = '' } = useParams();
  const one = useTemplate(id);
  return (
    <PageFrame
      back={id ? `/coupons/${id}` : '/coupons'}
      title={id ? '修改券模板' : '新建券模板'}
      hint="一张券最多花多少、一共最多花多少，边填边算；矛盾的地方当场指出来。"
    >
      {id ? <Loaded query={one}>{(detail) => <Editor one={detail} />}</Loaded> : <Editor one={null} />}
    </PageFrame>
  );
}
