import type { Transfer } from './model.js';
import type { WecomPlatform } from './platform.js';

const DAY_MS = 86_400_000;

/** Makes a contact of a guide, as when a consumer adds one. */
type Befriend = (contact: { userid: string; consumer: string; addWay: number; noWelcome: boolean }) => Promise<unknown>;

/** Runs hand-overs: accepted now, carried out 24 hours later unless the contact refuses or the taker is full. */
export class TransferClock {
  constructor(
    private readonly sim: WecomPlatform,
    private readonly befriend: Befriend,
  ) {}

  /** Accepts one row and returns its errcode; 0 means that the 24 hours have begun. */
  begin(handover: string, takeover: string, external: string, resigned: boolean, message: string): number {
    const { book, core } = this.sim;
    const now = core.clock.now();
    if (!book.personOf(external)) return 40096;
    if (handover.toLowerCase() === takeover.toLowerCase()) return 40130;
    const relation = book.relation(handover, external);
    if (!relation || relation.status === 'half' || relation.status === 'deleted-by-guide') return 40131;
    if (book.openTransfer(external)) return 40100;
    const log = (book.state.transferLog[external] ?? []).filter((at) => now - at < 90 * DAY_MS);
    if (!resigned && log.length >= 2) return 40128;
    if (book.relationsOf(takeover).length >= this.sim.knobs.memberContactLimit) return 40099;
    book.state.transferLog[external] = [...log, now];
    const transfer: Transfer = {
      handover,
      takeover,
      externalUserid: external,
      resigned,
      dueAt: now + DAY_MS,
      status: 2,
      message: message || undefined,
    };
    book.state.transfers.push(transfer);
    this.watch(transfer);
    return 0;
  }

  /** Arms the clock again for hand-overs that were waiting when the state was saved. */
  resume(): void {
    for (const transfer of this.sim.book.state.transfers) if (transfer.status === 2) this.watch(transfer);
  }

  /** The contact refuses within the 24 hours. */
  async refuse(transfer: Transfer): Promise<void> {
    transfer.status = 3;
    this.sim.touch();
    await this.fail(transfer, 'customer_refused');
  }

  async full(transfer: Transfer): Promise<void> {
    transfer.status = 4;
    this.sim.touch();
    await this.fail(transfer, 'customer_limit_exceed');
  }

  /** Moves the contact: the old relation ends with its source named, the new one begins unless it exists. */
  async carryOut(transfer: Transfer): Promise<void> {
    if (transfer.status !== 2) return;
    const { book, core } = this.sim;
    if (book.relationsOf(transfer.takeover).length >= this.sim.knobs.memberContactLimit) return this.full(transfer);
    transfer.status = 1;
    transfer.takeoverTime = core.clock.now();
    const old = book.relation(transfer.handover, transfer.externalUserid);
    if (old) old.status = 'deleted-by-guide';
    this.sim.touch();
    if (!transfer.resigned) {
      void this.sim.sender.send('change_external_contact/del_external_contact', {
        Event: 'change_external_contact',
        ChangeType: 'del_external_contact',
        UserID: transfer.handover,
        ExternalUserID: transfer.externalUserid,
        Source: 'DELETE_BY_TRANSFER',
      });
    }
    const known = book.relation(transfer.takeover, transfer.externalUserid);
    if (known?.status === 'normal') return;
    const consumer = book.personOf(transfer.externalUserid);
    if (!consumer) return;
    await this.befriend({ userid: transfer.takeover, consumer: consumer.key, addWay: 202, noWelcome: true });
    const relation = book.relation(transfer.takeover, transfer.externalUserid);
    if (relation && old) relation.tagIds = [...old.tagIds];
    if (transfer.message) {
      this.sim.sink.post({
        guideUserid: transfer.takeover,
        consumerKey: consumer.key,
        channel: 'chat',
        kind: 'text',
        text: transfer.message,
      });
    }
  }

  private watch(transfer: Transfer): void {
    this.sim.core.clock.schedule(transfer.dueAt, () => this.carryOut(transfer));
  }

  private async fail(transfer: Transfer, reason: string): Promise<void> {
    void this.sim.sender.send('change_external_contact/transfer_fail', {
      Event: 'change_external_contact',
      ChangeType: 'transfer_fail',
      FailReason: reason,
      UserID: transfer.takeover,
      ExternalUserID: transfer.externalUserid,
    });
  }
}
