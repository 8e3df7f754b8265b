import { Inject, Injectable } from '@nestjs/common';
import { AssetSettings, Codes, GuideCodes, InStorePayments, Points, Wallet } from '../../assets/index.js';
import { Clearing } from '../../clearing/index.js';
import { OfflineSales } from '../../connectors/index.js';
import { CounterDesk, Coupons, Redeeming } from '../../coupons/index.js';
import { Members, PeopleAtTills } from '../../members/index.js';
import { Pricing } from '../../pricing/index.js';

/** What members own, as tills need it, in one place to keep constructors short. */
@Injectable()
export class TillAssets {
  constructor(
    @Inject(Points) readonly points: Points,
    @Inject(Wallet) readonly wallet: Wallet,
    @Inject(Codes) readonly codes: Codes,
    @Inject(GuideCodes) readonly lookUps: GuideCodes,
    @Inject(InStorePayments) readonly payments: InStorePayments,
    @Inject(AssetSettings) readonly settings: AssetSettings,
    @Inject(Clearing) readonly clearing: Clearing,
  ) {}
}

/** The parts around coupons, goods and people. */
@Injectable()
export class TillParts {
  constructor(
    @Inject(Members) readonly members: Members,
    @Inject(PeopleAtTills) readonly people: PeopleAtTills,
    @Inject(Coupons) readonly coupons: Coupons,
    @Inject(Redeeming) readonly redeeming: Redeeming,
    @Inject(CounterDesk) readonly counters: CounterDesk,
    @Inject(Pricing) readonly pricing: Pricing,
    @Inject(OfflineSales) readonly sales: OfflineSales,
  ) {}
}
