import { Inject, Injectable } from '@nestjs/common';
import type { DeviceRow } from '@shuke/shared/contracts';
import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { TillPerson } from '../../members/index.js';
import type { Act, Device } from '../persistence/till-rows.js';
import { type Bare, type Batch, type Books, noteBack, personKey } from './device-batch.js';
import { Devices } from './devices.js';
import { TillAssets, TillParts } from './till-parts.js';

/** Reads what a batch of rows has to be held against: goods, people, earlier sales, and what came back of them. */
@Injectable()
export class BatchReader {
  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(TillParts) private readonly parts: TillParts,
    @Inject(TillAssets) private readonly assets: TillAssets,
  ) {}

  async open(tx: Tx, device: Device, rows: readonly DeviceRow[]): Promise<Batch> {
    const { brandId } = device;
    return {
      ...(await this.books(tx, brandId, rows)),
      device,
      acts: [],
      people: await this.people(tx, brandId, rows),
      paid: await this.paid(tx, device, [...new Set(rows.flatMap((row) => row.paidBy ?? []))]),
    };
  }

  /** The sales that rows are or name, locked, with what came back of them so far. */
  async books(tx: Tx, brandId: BrandId, rows: readonly Bare[]): Promise<Books> {
    const { sales } = this.parts;
    const nos = [...new Set(rows.flatMap((row) => [row.externalNo, ...(row.ofExternalNo ? [row.ofExternalNo] : [])]))];
    const known = await sales.known(tx, brandId, nos);
    const ids = [...known.values()].map((one) => one.id);
    // Two tills that take the same piece back at once follow one another: the second sees what the first has taken.
    await sales.lock(tx, brandId, ids);
    const growing = await sales.growing(tx, brandId, known.values());
    const lines = await sales.soldLines(tx, brandId, ids);
    const back: Books['back'] = new Map();
    for (const one of await sales.returnsOf(tx, brandId, ids)) noteBack(back, one.saleId, one.pieces);
    // A void names no goods: what it brings back is what was sold.
    const sold = [...lines.values()].flat().map((line) => line.code);
    const codes = [...new Set([...rows.flatMap((row) => row.lines.map((line) => line.skuCode)), ...sold])];
    const skus = await sales.skusByCode(tx, brandId, codes);
    const guides = await this.guides(brandId, rows);
    return { tx, brandId, known, growing, lines, back, skus, guides, added: [], members: new Set<MemberId>() };
  }

  /** Read from memory, and by one account after the other: a till has few guides. */
  private async guides(brandId: BrandId, rows: readonly Bare[]): Promise<Books['guides']> {
    const guides = new Map<string, GuideId>();
    for (const userid of new Set(rows.flatMap((row) => row.guideUserid ?? []))) {
      const guide = await this.devices.organization.guideByUserid(brandId, userid);
      if (guide) guides.set(userid, guide.id);
    }
    return guides;
  }

  private async people(tx: Tx, brandId: BrandId, rows: readonly DeviceRow[]): Promise<Map<string, TillPerson>> {
    const found = await this.parts.people.find(tx, brandId, rows);
    return new Map(found.flatMap((person, at) => (person ? [[personKey(rows[at] as DeviceRow), person]] : [])));
  }

  /** Acts that sales name as their payment, without wallet payments that nobody has confirmed. */
  private async paid(tx: Tx, device: Device, sequences: readonly number[]): Promise<Map<number, Act>> {
    if (sequences.length === 0) return new Map();
    const { brandId } = device;
    const acts = await this.devices.rows.acts(tx, brandId, device.id, sequences);
    const wallet = [...acts.values()].flatMap((act) => (act.kind === 'WALLET' && act.subjectId ? [act.subjectId] : []));
    if (wallet.length === 0) return acts;
    const states = await this.assets.payments.states(tx, brandId, wallet);
    return new Map([...acts].filter(([, act]) => act.kind !== 'WALLET' || states.get(act.subjectId ?? '') === 'PAID'));
  }
}
