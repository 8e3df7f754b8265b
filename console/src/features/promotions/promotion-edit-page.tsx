import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useIsHq } from '../../lib/me';
import type { PlayView, PromotionDetail } from '../../lib/types';
import { clock } from '../../platform/clock';
import { bearersProblem } from '../../ui/bearers-input';
import { Field, FieldRow } from '../../ui/field';
import { InstantInput } from '../../ui/instant-input';
import { LeaveGuard } from '../../ui/leave-guard';
import { Card, PageFrame } from '../../ui/page';
import { ActionFailed, Empty, Loaded } from '../../ui/states';
import { StoresPicker } from '../../ui/stores-picker';
import { UNREADABLE, UnreadableFields, useUnreadable } from '../../ui/unreadable';
import { usePlays, usePromotion, useSavePromotion } from './api';
import { PlayForm } from './components/play-form';
import { LimitsPart, StackingPart } from './components/promotion-rules';
import { ScopePicker } from './components/scope-picker';
import { emptyForm, formOf, inputOf, type PromotionForm } from './model';

/** Groups, bargains and presales stand alone in their order; the server keeps it so. */
const ALONE: ReadonlySet<string> = new Set(['GROUP_BUY', 'BARGAIN', 'PRESALE']);

function Notes({ play }: { play: PlayView }) {
  return (
    <Card title="大家常问的">
      <ul style={{ margin: 0, paddingLeft: 18 }} className="stack tight">
        {play.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Card>
  );
}

function Basics({
  form,
  set,
  isHq,
}: {
  form: PromotionForm;
  set: (part: Partial<PromotionForm>) => void;
  isHq: boolean;
}) {
  const isBackwards = form.startsAt !== null && form.endsAt !== null && form.endsAt <= form.startsAt;
  return (
    <div className="stack">
      <Field label="活动名称" hint="顾客会看到，40 个字以内">
        <Input
          aria-label="活动名称"
          maxLength={40}
          value={form.name}
          placeholder="比如：初雪满额礼"
          onChange={(event) => set({ name: event.target.value })}
          style={{ maxWidth: 420 }}
          data-testid="promotion-name"
        />
      </Field>
      <FieldRow>
        <Field label="开始">
          <InstantInput label="开始" value={form.startsAt} onChange={(startsAt) => set({ startsAt })} />
        </Field>
        <Field label="结束" problem={isBackwards ? '结束要晚于开始' : null}>
          <InstantInput label="结束" value={form.endsAt} onChange={(endsAt) => set({ endsAt })} />
        </Field>
      </FieldRow>
      <Field label="哪些门店参加">
        <StoresPicker
          value={form.storeIds}
          onChange={(storeIds) => set({ storeIds })}
          placeholder={isHq ? '全部门店（点这里只选一部分）' : '我的全部门店（点这里只选一部分）'}
          testId="promotion-stores"
        />
      </Field>
    </div>
  );
}

function Editor({ play, one }: { play: PlayView; one: PromotionDetail | null }) {
  const isHq = useIsHq();
  const navigate = useNavigate();
  const save = useSavePromotion();
  const [form, setForm] = useState(() => (one ? formOf(play, one) : emptyForm(play, clock.now(), isHq)));
  const [first] = useState(form);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (part: Partial<PromotionForm>) => setForm((old) => ({ ...old, ...part }));
  const { hasUnreadable, report } = useUnreadable();
  const missing =
    form.name.trim() === ''
      ? '先起个名字'
      : !form.startsAt || !form.endsAt
        ? '填好开始和结束'
        : (bearersProblem(form.bearers) ?? (hasUnreadable ? UNREADABLE : null));
  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      const saved = await save(one, inputOf(play, form));
      await navigate(`/promotions/${saved.id}?tab=run`);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1fr) 280px', alignItems: 'start' }}>
      <LeaveGuard isDirty={() => !isBusy && form !== first} />
      <div className="stack">
        <Card title="基本">
          <Basics form={form} set={set} isHq={isHq} />
        </Card>
        <UnreadableFields value={report}>
          <Card title="怎么优惠">
            <PlayForm play={play} terms={form.terms} onChange={(terms) => set({ terms })} />
          </Card>
          {play.hasScope ? (
            <Card title="商品范围">
              <ScopePicker scope={form.scope} onChange={(scope) => set({ scope })} />
            </Card>
          ) : null}
          {ALONE.has(play.kind) ? null : (
            <Card title="叠加">
              <StackingPart form={form} set={set} />
            </Card>
          )}
          <Card title="承担、次数和预算">
            <LimitsPart form={form} set={set} isHq={isHq} />
          </Card>
        </UnreadableFields>
        <ActionFailed error={error} title="没有保存" />
        <div className="row">
          <Button
            type="primary"
            loading={isBusy}
            disabled={missing !== null}
            onClick={() => void submit()}
            data-testid="promotion-save"
          >
            存为草稿，去试算
          </Button>
          <Button disabled={isBusy} onClick={() => void navigate(-1)}>
            取消
          </Button>
          <span className="muted small">{missing ?? '草稿对顾客没有影响；试算之后才能发布。'}</span>
        </div>
      </div>
      <Notes play={play} />
    </div>
  );
}

function Choose({ plays }: { plays: readonly PlayView[] }) {
  const [, setParams] = useSearchParams();
  return (
    <div className="choice-cards">
      {plays.map((play) => (
        <button
          key={play.kind}
          type="button"
          className="choice-card"
          onClick={() => setParams({ kind: play.kind }, { replace: true })}
          data-testid={`play-${play.kind}`}
        >
          <b>{play.label}</b>
          <span className="muted">{play.summary}</span>
        </button>
      ))}
    </div>
  );
}

/** Drafts a promotion: first the play, then its own form. */
export default function PromotionEditPage() {
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const plays = usePlays();
  const one = usePromotion(id);
  const kind = id ? one.data?.kind : params.get('kind');
  const play = plays.data?.find((candidate) => candidate.kind === kind);
  const title = id ? '修改活动' : play ? `新建${play.label}` : '新建活动';
  return (
    <PageFrame
      back={id ? `/promotions/${id}` : '/promotions'}
      title={title}
      hint={play ? play.summary : '先选玩法，每种玩法只问它需要的。'}
    >
      <Loaded query={plays} rows={10}>
        {(list) => {
          if (!id) return play ? <Editor key={play.kind} play={play} one={null} /> : <Choose plays={list} />;
          return (
            <Loaded query={one} rows={10}>
              {(detail) =>
                play && detail.canEdit ? (
                  <Editor play={play} one={detail} />
                ) : (
                  <div className="card">
                    <Empty title="发布过的活动不能再改" hint="可以暂停、结束，或调整结束时间；要换优惠，请新建一个。" />
                  </div>
                )
              }
            </Loaded>
          );
        }}
      </Loaded>
    </PageFrame>
  );
}
