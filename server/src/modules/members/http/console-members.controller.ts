import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import { asId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Accesses } from '../application/accesses.js';
import { IdentityDesk } from '../application/identity-desk.js';
import { MemberDesk } from '../application/member-desk.js';
import { MemberPolicies } from '../application/member-policies.js';
import { MergeDesk } from '../application/merge-desk.js';
import { PastConsents } from '../application/past-consents.js';

type C = typeof consoleRoutes;

/** One ID at headquarters. */
@Controller()
export class ConsoleMembersController {
  constructor(
    @Inject(MemberDesk) private readonly desk: MemberDesk,
    @Inject(IdentityDesk) private readonly identities: IdentityDesk,
    @Inject(MergeDesk) private readonly merging: MergeDesk,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
    @Inject(Accesses) private readonly accesses: Accesses,
    @Inject(PastConsents) private readonly consents: PastConsents,
  ) {}

  @Contract(consoleRoutes.members)
  members(@Who() actor: Actor, @Given() input: In<C['members']>): Out<C['members']> {
    return this.desk.search(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.member)
  async member(@Who() actor: Actor, @Given() input: In<C['member']>): Out<C['member']> {
    const detail = await this.desk.detail(actor as Desk, input.params.id);
    await this.accesses.note(actor, asId<'member'>(input.params.id), 'MEMBER');
    return detail;
  }

  @Contract(consoleRoutes.memberTimeline)
  timeline(@Who() actor: Actor, @Given() input: In<C['memberTimeline']>): Out<C['memberTimeline']> {
    return this.desk.timeline(actor as Desk, input.params.id, input.query);
  }

  @Contract(consoleRoutes.memberConsents)
  memberConsents(@Who() actor: Actor, @Given() input: In<C['memberConsents']>): Out<C['memberConsents']> {
    return this.consents.at(actor.brandId, asId<'member'>(input.params.id), input.query.at);
  }

  @Contract(consoleRoutes.mergeCandidates)
  candidates(@Who() actor: Actor, @Given() input: In<C['mergeCandidates']>): Out<C['mergeCandidates']> {
    return this.merging.candidates(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.mergeCandidate)
  candidate(@Who() actor: Actor, @Given() input: In<C['mergeCandidate']>): Out<C['mergeCandidate']> {
    return this.merging.candidate(actor as Desk, input.params.id);
  }

  @Contract(consoleRoutes.refuseMergeCandidate)
  refuse(@Who() actor: Actor, @Given() input: In<C['refuseMergeCandidate']>): Out<C['refuseMergeCandidate']> {
    return this.merging.refuseCandidate(actor as Desk, input.params.id, input.body.reason);
  }

  @Contract(consoleRoutes.previewMerge)
  preview(@Who() actor: Actor, @Given() input: In<C['previewMerge']>): Out<C['previewMerge']> {
    return this.merging.preview(actor as Desk, input.body);
  }

  @Contract(consoleRoutes.merge)
  merge(@Who() actor: Actor, @Given() input: In<C['merge']>): Out<C['merge']> {
    return this.merging.merge(actor as Desk, input.body);
  }

  @Contract(consoleRoutes.merges)
  merges(@Who() actor: Actor, @Given() input: In<C['merges']>): Out<C['merges']> {
    return this.merging.list(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.mergeDetail)
  mergeDetail(@Who() actor: Actor, @Given() input: In<C['mergeDetail']>): Out<C['mergeDetail']> {
    return this.merging.detail(actor as Desk, input.params.id);
  }

  @Contract(consoleRoutes.undoMerge)
  undo(@Who() actor: Actor, @Given() input: In<C['undoMerge']>): Out<C['undoMerge']> {
    return this.merging.undo(actor as Desk, input.params.id, input.body.reason);
  }

  @Contract(consoleRoutes.identityAnomalies)
  anomalies(@Who() actor: Actor, @Given() input: In<C['identityAnomalies']>): Out<C['identityAnomalies']> {
    return this.identities.anomalies(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.settleAnomaly)
  settle(@Who() actor: Actor, @Given() input: In<C['settleAnomaly']>): Out<C['settleAnomaly']> {
    return this.identities.settleAnomaly(actor as Desk, input.params.id, input.body);
  }

  @Contract(consoleRoutes.sharedPhones)
  sharedPhones(@Who() actor: Actor, @Given() input: In<C['sharedPhones']>): Out<C['sharedPhones']> {
    return this.identities.sharedPhones(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.addSharedPhones)
  addSharedPhones(@Who() actor: Actor, @Given() input: In<C['addSharedPhones']>): Out<C['addSharedPhones']> {
    return this.identities.addSharedPhones(actor as Desk, input.body);
  }

  @Contract(consoleRoutes.removeSharedPhone)
  async removeSharedPhone(
    @Who() actor: Actor,
    @Given() input: In<C['removeSharedPhone']>,
  ): Out<C['removeSharedPhone']> {
    await this.identities.removeSharedPhone(actor as Desk, input.params.id);
    return { ok: true };
  }

  @Contract(consoleRoutes.memberPolicy)
  async policy(@Who() actor: Actor): Out<C['memberPolicy']> {
    return (await this.policies.of(actor.brandId)) as Awaited<Out<C['memberPolicy']>>;
  }

  @Contract(consoleRoutes.setMemberPolicy)
  async setPolicy(@Who() actor: Actor, @Given() input: In<C['setMemberPolicy']>): Out<C['setMemberPolicy']> {
    return (await this.policies.change(actor.brandId, input.body)) as Awaited<Out<C['setMemberPolicy']>>;
  }

  @Contract(consoleRoutes.memberBackfills)
  backfills(@Who() actor: Actor): Out<C['memberBackfills']> {
    return this.desk.backfills(actor as Desk);
  }
}
