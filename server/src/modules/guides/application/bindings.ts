import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, DAY_MS, type GuideId, type MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization } from '../../organization/index.js';
import { type BindResult, type BindWay, decideBinding, PROTECTION_DAYS } from '../domain/decide-binding.js';
import { type Binding, type BindingEvent, BindingsStore } from '../persistence/bindings.store.js';

export interface BindInput {
  brandId: BrandId;
  memberId: MemberId;
  guideId: GuideId;
  way: BindWay;
  /** What proves it: a callback, a link, an import row. The same evidence for the same pair counts once. ≤ 120 characters. */
  evidence: string;
}

export interface BindOutcome {
  result: BindResult;
  reason: string;
  /** The member's exclusive guide after this; null when there is none. */
  guideId: GuideId | null;
}

/** A ready binding of an import or of seeds, which asks no rule. */
export type BindingDraft = Pick<Binding, 'memberId' | 'guideId' | 'storeId' | 'way' | 'boundAt' | 'evidence'>;

/** The brand's protection period in days: `bindingProtectionDays` of its settings. */
function protectionDays(settings: unknown): number {
  const read = typeof settings === 'string' ? (JSON.parse(settings) as unknown) : settings;
  const days = (read as { bindingProtectionDays?: unknown } | null)?.bindingProtectionDays;
  return Number.isInteger(days) && (days as number) >= 0 && (days as number) <= 3650
    ? (days as number)
    : PROTECTION_DAYS;
}

/** The door to exclusive guides (专属导购): who is whose, since when and why (product.md G2). */
@Injectable()
export class Bindings {
  private readonly rows = new BindingsStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /**
   * Lets the replacement table decide and keeps decision and reason as an event; a change emits `binding.changed`.
   * Of two at the same instant the first commit wins and the second is decided against it.
   * @throws AppError NOT_FOUND for an unknown guide.
   */
  async bind(tx: Tx, input: BindInput): Promise<BindOutcome> {
    const { brandId, memberId, guideId } = input;
    const guide = await this.organization.guide(brandId, guideId);
    if (!guide) throw refuse('NOT_FOUND');
    const current = await this.rows.lock(tx, brandId, memberId);
    const earlier = await this.rows.eventByEvidence(tx, brandId, input);
    if (earlier) return { result: earlier.result, reason: earlier.reason, guideId: current?.guideId ?? null };
    const { appid } = await this.organization.brand(brandId);
    const openidKey = `${appid}:${guide.receiverOpenid ?? ''}`;
    const { settings, isSelf } = await this.rows.circumstances(tx, brandId, memberId, openidKey);
    const incoming = {
      way: input.way,
      guideId,
      guideName: guide.name,
      storeId: guide.storeId,
      storeName: guide.storeName,
      isActive: guide.status === 'ACTIVE',
      isSelf,
    };
    const wanted: Binding = {
      memberId,
      guideId,
      storeId: guide.storeId,
      way: input.way,
      boundAt: tx.now,
      protectedUntil: new Date(tx.now.getTime() + protectionDays(settings) * DAY_MS),
      evidence: input.evidence,
    };
    const decide = async (present: Binding | null) =>
      decideBinding(incoming, present && (await this.currentOf(brandId, present)), tx.now.getTime());
    let decision = await decide(current);
    let holder = current?.guideId ?? null;
    if (decision.result === 'BOUND') {
      await this.rows.claim(tx, brandId, wanted);
      const winner = await this.rows.lock(tx, brandId, memberId);
      holder = winner?.guideId ?? guideId;
      if (winner && (winner.guideId !== guideId || winner.evidence !== input.evidence)) decision = await decide(winner);
    }
    if (decision.result === 'REPLACED') {
      await this.rows.replace(tx, brandId, wanted);
      holder = guideId;
    }
    await this.rows.append(tx, brandId, [
      { ...input, id: this.ids.next<'bindingEvent'>(), ...decision, at: tx.now } satisfies BindingEvent & BindInput,
    ]);
    if (decision.result === 'BOUND' || decision.result === 'REPLACED')
      tx.emit({ brandId, type: 'binding.changed', payload: { memberId, guideId, result: decision.result } });
    return { ...decision, guideId: holder };
  }

  /** A member's exclusive guide, or null. */
  bindingOf(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<Binding | null> {
    return this.rows.find(on, brandId, memberId);
  }

  bindingsOf(on: Queryable, brandId: BrandId, memberIds: readonly MemberId[]): Promise<Map<MemberId, Binding>> {
    return this.rows.findMany(on, brandId, memberIds);
  }

  /** What happened to a member's binding, newest first, with attempts that changed nothing. */
  timeline(on: Queryable, brandId: BrandId, memberId: MemberId, limit = 20): Promise<BindingEvent[]> {
    return this.rows.timeline(on, brandId, memberId, limit);
  }

  /** Takes over bindings of members who have none yet, each with its event; for imports and seeds. */
  async createBindings(tx: Tx, brandId: BrandId, drafts: readonly BindingDraft[], reason: string): Promise<void> {
    const bindings = drafts.map((draft) => ({
      ...draft,
      protectedUntil: new Date(draft.boundAt.getTime() + PROTECTION_DAYS * DAY_MS),
    }));
    await this.rows.insert(tx, brandId, bindings);
    await this.rows.append(
      tx,
      brandId,
      bindings.map((one) => ({
        id: this.ids.next<'bindingEvent'>(),
        memberId: one.memberId,
        guideId: one.guideId,
        result: 'BOUND',
        way: one.way,
        reason,
        evidence: one.evidence,
        at: one.boundAt,
      })),
    );
  }

  private async currentOf(brandId: BrandId, binding: Binding) {
    const guide = await this.organization.guide(brandId, binding.guideId);
    return {
      guideId: binding.guideId,
      guideName: guide?.name ?? '原导购',
      storeId: binding.storeId,
      isActive: guide?.status === 'ACTIVE',
      protectedUntilMs: binding.protectedUntil.getTime(),
    };
  }
}
