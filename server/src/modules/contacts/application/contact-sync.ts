import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { type ExternalContact, type Follow, WecomError } from '../../../gateways/wecom/index.js';
import { WecomGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Bindings, guideCodeOfState } from '../../guides/index.js';
import { type Identifier, Members } from '../../members/index.js';
import { type Guide, Organization } from '../../organization/index.js';
import { isOpen, nextRelation, type Occasion } from '../domain/relation.js';
import { ContactsStore } from '../persistence/contacts.store.js';
import { CorpTags } from './corp-tags.js';
import type { WecomDoors } from './wecom-door.js';

/** What WeCom shows of a contact now; both null when this guide cannot read it (any more). */
export interface Seen {
  contact: ExternalContact | null;
  follow: Follow | null;
  /** An instant before the look. */
  readAt: Date;
}

const NOT_A_RELATION = 84061;

/** Reads a contact's state from WeCom and brings ours in line with it; events only say where to look. */
@Injectable()
export class ContactSync {
  private readonly rows = new ContactsStore();

  constructor(
    @Inject(WecomGateways) private readonly wecom: Pick<WecomDoors, 'of'>,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Members) private readonly members: Members,
    @Inject(Bindings) private readonly bindings: Bindings,
    @Inject(CorpTags) readonly tags: CorpTags,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A network call: outside of transactions only. @throws WecomError */
  async read(brandId: BrandId, userid: string, externalUserId: string): Promise<Seen> {
    const { corpId } = await this.organization.brand(brandId);
    const readAt = this.clock.date();
    try {
      const { contact, follows } = await this.wecom.of(corpId).contacts.get(externalUserId, 'task');
      const follow = follows.find((one) => one.userId.toLowerCase() === userid.toLowerCase()) ?? null;
      return { contact, follow, readAt };
    } catch (error) {
      if (error instanceof WecomError && error.errcode === NOT_A_RELATION)
        return { contact: null, follow: null, readAt };
      throw error;
    }
  }

  /**
   * Writes what was seen: contact, relation, member and binding. Adding a guide makes the person a member (product.md G1).
   * Emits `contact.added` and `contact.lost { guideId, externalUserId, memberId, state }` when a relation opens or closes.
   * @param welcomeState what came of the greeting, when the occasion has one
   */
  async write(
    tx: Tx,
    guide: Guide,
    externalUserId: string,
    seen: Seen,
    occasion: Occasion,
    told: { welcomeState: string; state: string | null } = { welcomeState: 'NONE', state: null },
  ): Promise<void> {
    const { brandId, id: guideId } = guide;
    const known = await this.rows.lockRelation(tx, brandId, guideId, externalUserId);
    const past = known && { state: known.state, closedAtMs: known.closedAt?.getTime() ?? null };
    const next = nextRelation(past, seen.follow, occasion);
    if (!next) return;
    if (seen.contact) await this.rows.putContact(tx, brandId, seen.contact);
    else if (!known) await this.rows.putFaceless(tx, brandId, externalUserId);
    const closedAt = next.closedAtMs === null ? null : new Date(next.closedAtMs);
    const stateParam = told.state ?? seen.follow?.state ?? null;
    if (known && !seen.follow) {
      await this.rows.moveRelation(tx, brandId, { guideId, externalUserId, state: next.state, closedAt });
    } else {
      await this.rows.putRelation(tx, brandId, {
        guideId,
        externalUserId,
        state: next.state,
        remark: seen.follow?.remark ?? '',
        addWay: seen.follow?.addWay ?? 0,
        stateParam,
        welcomeState: told.welcomeState,
        addedAt: new Date(seen.follow?.createdAtMs || occasion.atMs),
        closedAt,
      });
    }
    if (seen.follow) await this.tags.mark(tx, guide, externalUserId, seen.follow.tagIds, seen.readAt);
    const memberId = seen.contact ? await this.join(tx, brandId, seen.contact) : null;
    if (memberId && next.state === 'FRIEND') await this.bind(tx, guide, memberId, seen, stateParam);
    const wasOpen = known !== null && isOpen(known.state);
    if (wasOpen === isOpen(next.state)) return;
    const type = wasOpen ? 'contact.lost' : 'contact.added';
    tx.emit({ brandId, type, payload: { guideId, externalUserId, memberId, state: next.state } });
  }

  /** The member of a contact: found by unionid or external_userid; without a unionid nobody new is made. */
  private async join(tx: Tx, brandId: BrandId, contact: ExternalContact) {
    const own: Identifier = { kind: 'external_userid', value: contact.externalUserId };
    const known = contact.unionid
      ? null
      : await this.members.byIdentifier(tx, brandId, 'external_userid', contact.externalUserId);
    const memberId = contact.unionid
      ? (
          await this.members.findOrCreate(tx, {
            brandId,
            identifiers: [{ kind: 'unionid', value: contact.unionid }, own],
            source: 'WECOM',
            nickname: contact.name,
            avatarUrl: contact.avatar,
          })
        ).memberId
      : known;
    if (memberId) await this.rows.join(tx, brandId, contact.externalUserId, memberId);
    return memberId;
  }

  /** The guide whose card was scanned, else the one who became the friend, is the exclusive guide if the rules agree. */
  private async bind(
    tx: Tx,
    guide: Guide,
    memberId: Parameters<Bindings['bindingOf']>[2],
    seen: Seen,
    state: string | null,
  ) {
    const code = guideCodeOfState(state);
    const ofCard = code ? await this.organization.guideByCode(guide.brandId, code) : null;
    const added = Math.floor((seen.follow?.createdAtMs ?? 0) / 1000);
    await this.bindings.bind(tx, {
      brandId: guide.brandId,
      memberId,
      guideId: ofCard?.status === 'ACTIVE' ? ofCard.id : guide.id,
      way: 'WECOM_FRIEND',
      evidence: `friend:${seen.contact?.externalUserId ?? ''}:${added}`,
    });
  }
}
