import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, businessDay, DAY_MS, type MemberId } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { type Hint, phoneValue } from '../domain/identifiers.js';
import { MemberDeskStore } from '../persistence/desk.store.js';
import { type HintRow, PeopleStore } from '../persistence/people.store.js';
import { PolicyStore } from '../persistence/policy.store.js';
import { MemberPolicies } from './member-policies.js';
import { Merges } from './merges.js';

const READ_MAX = 1000;

/** Gathers hints from what people do, finds pairs by them, and reports every day what looks like more than one person. */
@Injectable()
export class WatchPeople {
  private readonly people = new PeopleStore();
  private readonly desk = new MemberDeskStore();
  private readonly rows = new PolicyStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Merges) private readonly merges: Merges,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
  ) {}

  /** Notes hints of one member and looks who shares them. @returns pairs that were looked at */
  async hint(brandId: BrandId, memberId: MemberId, hints: readonly Hint[], source: string): Promise<number> {
    await this.unitOfWork.run('note hints', (tx) =>
      this.people.addHints(
        tx,
        brandId,
        hints.map((one) => ({ ...one, memberId, source, at: tx.now })),
      ),
    );
    return this.pairs(brandId, memberId, hints);
  }

  /** New addresses and browse events of all brands. @returns how many rows were read */
  async gather(): Promise<number> {
    let read = 0;
    for (const brandId of await this.rows.brands(this.database)) read += await this.gatherOf(brandId);
    return read;
  }

  private async gatherOf(brandId: BrandId): Promise<number> {
    const found = await this.unitOfWork.run('gather hints', async (tx) => {
      const { addressSeen, browseSeen } = await this.rows.ensure(tx, brandId, tx.now);
      const news = await this.desk.newHints(tx, brandId, { address: addressSeen, browse: browseSeen }, READ_MAX);
      const hints = new Map<string, HintRow>();
      for (const { memberId, phone } of news.addresses) {
        const value = phoneValue(phone);
        if (value)
          hints.set(`p${value}:${memberId}`, { kind: 'typed_phone', value, memberId, source: 'ADDRESS', at: tx.now });
      }
      for (const { memberId, device } of news.devices)
        if (memberId !== '0')
          hints.set(`d${device}:${memberId}`, { kind: 'device', value: device, memberId, source: 'TRAIL', at: tx.now });
      await this.people.addHints(tx, brandId, [...hints.values()]);
      await this.rows.setSeen(tx, brandId, {
        address: news.addresses.at(-1)?.id ?? addressSeen,
        browse: news.devices.at(-1)?.id ?? browseSeen,
      });
      return { hints: [...hints.values()], read: news.addresses.length + news.devices.length };
    });
    for (const one of found.hints) await this.pairs(brandId, one.memberId, [one]);
    return found.read;
  }

  private async pairs(brandId: BrandId, memberId: MemberId, hints: readonly Hint[]): Promise<number> {
    const { sharedPhoneLimit } = await this.policies.of(brandId);
    let looked = 0;
    for (const one of hints) {
      const sharing = await this.people.sharing(this.database, brandId, [one], sharedPhoneLimit + 2);
      const others = new Set(sharing.map((row) => row.memberId).filter((id) => id !== memberId));
      // What so many share is a shop's counter or a public phone and names nobody.
      if (others.size > sharedPhoneLimit) continue;
      if (one.kind === 'typed_phone') {
        const owner = await this.people.ownerOf(this.database, brandId, one.value);
        if (owner && owner !== memberId) others.add(owner);
      }
      for (const other of others) {
        await this.merges.consider(brandId, [memberId, other], []);
        looked += 1;
      }
    }
    return looked;
  }

  /** Once a day and brand, for the day before. @returns how many anomalies were found */
  async report(now: Date): Promise<number> {
    const day = businessDay(now.getTime());
    let found = 0;
    for (const brandId of await this.rows.brands(this.database)) {
      const { maxIdentifiers, sharedPhoneLimit } = await this.policies.of(brandId);
      found += await this.unitOfWork.run('report anomalies', async (tx) => {
        await this.rows.ensure(tx, brandId, tx.now);
        if (!(await this.rows.takeAnomalyDay(tx, brandId, day))) return 0;
        const anomalies = await this.desk.suspicious(tx, brandId, {
          identifiers: maxIdentifiers,
          phoneMembers: sharedPhoneLimit,
          since: new Date(tx.now.getTime() - 7 * DAY_MS),
        });
        await this.desk.report(
          tx,
          brandId,
          anomalies.map((one) => ({ ...one, id: this.ids.next<'anomaly'>(), day })),
        );
        return anomalies.length;
      });
    }
    return found;
  }
}
