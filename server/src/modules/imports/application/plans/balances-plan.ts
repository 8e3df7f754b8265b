import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Fen, Id, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../../platform/database/database.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { type Asset, AssetLedger } from '../../../asset-ledger/index.js';
import { OldMembers } from '../../../members/index.js';
import { Organization } from '../../../organization/index.js';
import { readCount, readDay, readMoney } from '../../domain/cells.js';
import { type Effect, type Judged, type MappedRow, type Options, problemOf } from '../../domain/import-types.js';
import { OpeningStore, type Standing, worseOf } from '../../persistence/opening.store.js';
import { field, type ImportPlan, type Work } from '../import-plan.js';
import { CARD, PHONE, readPerson } from './old-member.js';
import { PastPoints } from './past-points.js';

interface BalanceRow {
  memberId: MemberId;
  principalFen: Fen;
  bonusFen: Fen;
  points: number;
  expiresAt: Date | null;
  storeCode: string;
  /** Books each amount once, whatever file brings it again. */
  ref: string;
}

/** Balances of an older system, as lots with the expiry that was promised; money that was paid never expires. */
@Injectable()
export class BalancesPlan implements ImportPlan {
  readonly kind = 'BALANCES' as const;
  readonly name = '期初余额';
  readonly rowsPerBatch = 500;
  readonly undoOrder = ['LOT'];
  readonly fields = [
    PHONE,
    CARD,
    field('principal', '储值本金', ['本金', '余额', '储值余额', '储值', 'balance', 'principal']),
    field('bonus', '赠送金额', ['赠金', '赠送余额', '赠送', 'bonus']),
    field('points', '积分', ['积分余额', '可用积分', 'points']),
    field('expiresAt', '到期日', ['有效期', '失效日期', '过期时间', 'expires', 'expiry', 'expire date'], {
      hint: '对积分和赠金有效；本金不过期',
    }),
    field('storeCode', '售卡门店编码', ['门店编码', '门店', '开卡门店', 'store', 'store code'], {
      hint: '跨店使用时和这家店清算',
    }),
    field('reference', '原系统流水号', ['流水号', '账户号', '凭证号', 'reference', 'ref']),
  ];

  private readonly openings = new OpeningStore();

  constructor(
    @Inject(OldMembers) private readonly old: OldMembers,
    @Inject(AssetLedger) private readonly ledger: AssetLedger,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(PastPoints) private readonly lots: PastPoints,
  ) {}

  async judge(work: Work, on: Queryable, rows: readonly MappedRow[]): Promise<Judged<BalanceRow>[]> {
    const { brandId, options } = work;
    const read = rows.map((row) => ({
      row,
      person: readPerson(row, options.cardPrefix),
      amounts: readAmounts(row, options),
    }));
    const people = read.flatMap(({ person }) => ('problem' in person ? [] : [person]));
    const found = await this.old.find(on, brandId, people);
    const stores = new Map((await this.organization.stores(brandId)).map((store) => [store.code, store.id]));
    let at = 0;
    const drafts = read.map(({ row, person, amounts }) => {
      const owners = 'problem' in person ? [] : (found[at++]?.owners ?? []);
      if ('problem' in person) return { row, problem: person.problem };
      if ('problem' in amounts) return { row, problem: amounts.problem };
      if (owners.length === 0) return { row, problem: '没有这位会员，先导入会员' };
      if (owners.length > 1) return { row, problem: '手机号和卡号分别属于两位会员', isConflict: true };
      if (amounts.storeCode !== '' && !stores.has(amounts.storeCode))
        return { row, problem: `没有编码为「${amounts.storeCode}」的门店` };
      const memberId = owners[0] as MemberId;
      return { row, draft: { ...amounts, memberId, ref: refOf(row, memberId) } };
    });
    const standings = await this.generations(
      on,
      brandId,
      drafts.flatMap((one) => one.draft ?? []),
    );
    return drafts.map((one): Judged<BalanceRow> => {
      const { row } = one;
      if (!('draft' in one) || !one.draft)
        return {
          ...problemOf<BalanceRow>(row, one.problem ?? ''),
          verdict: 'isConflict' in one ? 'CONFLICT' : 'ERROR',
        };
      const { draft } = one;
      const [base = ''] = draft.ref.split(AGAIN);
      if (work.seen.has(base))
        return { row, draft, verdict: 'REPEATED', problem: `和第 ${work.seen.get(base)} 行重复` };
      work.seen.set(base, String(row.row));
      const standing = standings.get(draft);
      if (standing === 'STANDS') return { row, draft, verdict: 'REPEATED', problem: '这笔余额已经导入过了' };
      if (standing === 'PART')
        return { row, draft, verdict: 'CONFLICT', problem: '这笔余额导入过又撤销，撤销前已用掉一部分，请人工补差额' };
      if (
        draft.expiresAt &&
        draft.expiresAt.getTime() <= work.job.createdAt.getTime() &&
        draft.points + draft.bonusFen > 0
      )
        return { row, draft, verdict: 'CONFLICT', problem: '积分或赠金的到期日已经过了' };
      return { row, draft, verdict: 'NEW', problem: '' };
    });
  }

  /**
   * Gives each balance the reference to book it under: one that went back whole with an undone import may come again, and
   * what is booked under a reference stays in the ledger, so that it comes under the next.
   * @returns what speaks against booking
   */
  private async generations(
    on: Queryable,
    brandId: BrandId,
    drafts: readonly BalanceRow[],
  ): Promise<Map<BalanceRow, Standing>> {
    const standings = new Map<BalanceRow, Standing>();
    let open = drafts;
    for (let again = 1; open.length > 0; again += 1) {
      const refs = open.flatMap(({ ref }) => PARTS.map((part) => `${ref}:${part.kind}`));
      const known = await this.openings.standings(on, brandId, refs);
      const next: BalanceRow[] = [];
      for (const draft of open) {
        const parts = PARTS.flatMap((part) => known.get(`${draft.ref}:${part.kind}`) ?? []);
        if (parts.length === 0) continue;
        const standing = parts.reduce(worseOf);
        if (standing !== 'BACK') standings.set(draft, standing);
        else {
          draft.ref = `${draft.ref.split(AGAIN)[0]}${AGAIN}${again}`;
          next.push(draft);
        }
      }
      open = next;
    }
    return standings;
  }

  async write(work: Work, tx: Tx, judged: readonly Judged[]): Promise<Effect[]> {
    const { brandId, job } = work;
    const stores = new Map((await this.organization.stores(brandId)).map((store) => [store.code, store.id]));
    const effects: Effect[] = [];
    for (const asset of ['WALLET', 'POINTS'] as const satisfies readonly Asset[]) {
      const wanted = judged
        .map((one) => ({ row: one.row.row, draft: one.draft as BalanceRow }))
        .filter(({ draft }) => PARTS.some((part) => part.asset === asset && part.of(draft) > 0));
      const owners = [...new Set(wanted.map(({ draft }) => draft.memberId))];
      if (owners.length === 0) continue;
      await this.ledger.change(tx, { brandId, asset, owners }, (books) => {
        for (const { row, draft } of wanted) {
          let pairId: Id | undefined;
          for (const part of PARTS.filter((one) => one.asset === asset && one.of(draft) > 0)) {
            const lot = this.ledger.lot(tx, draft.memberId, {
              kind: part.kind,
              amount: part.of(draft),
              title: '期初余额',
              originKind: 'IMPORT',
              originId: job.id as Id,
              storeId: stores.get(draft.storeCode) ?? null,
              expiresAt: part.kind === 'PRINCIPAL' ? null : draft.expiresAt,
              ...(pairId ? { pairId } : {}),
            });
            pairId ??= lot.pairId;
            books
              .get(draft.memberId)
              ?.credit(lot, { kind: 'GRANT', ref: `${draft.ref}:${part.kind}`, title: '期初余额导入' });
            effects.push({ kind: 'LOT', subjectId: lot.id, row, ownerId: draft.memberId, before: { asset } });
          }
        }
      });
    }
    return effects;
  }

  undo(work: Work, tx: Tx, _kind: string, effects: readonly Effect[]): Promise<{ row: number; reason: string }[]> {
    return this.lots.takeBack(tx, work, effects);
  }
}

/** Stands before the number of a balance that comes again. */
const AGAIN = '~';

const PARTS = [
  { kind: 'PRINCIPAL', asset: 'WALLET', of: (row: BalanceRow): number => row.principalFen },
  { kind: 'BONUS', asset: 'WALLET', of: (row: BalanceRow): number => row.bonusFen },
  { kind: 'POINTS', asset: 'POINTS', of: (row: BalanceRow): number => row.points },
] as const;

/** Without a reference of the older system, the same person with the same amounts and day is the same balance. */
function refOf(row: MappedRow, memberId: MemberId): string {
  const reference = row.of('reference');
  const text =
    reference === '' ? ['principal', 'bonus', 'points', 'expiresAt'].map((name) => row.of(name)).join('|') : reference;
  return `OPENING:${createHash('sha256')
    .update(`${reference === '' ? memberId : ''}|${text}`)
    .digest('hex')
    .slice(0, 40)}`;
}

function readAmounts(row: MappedRow, { moneyUnit }: Options) {
  const money = (name: string): Fen | null => readMoney(row.of(name) || '0', moneyUnit);
  const [principalFen, bonusFen, points] = [money('principal'), money('bonus'), readCount(row.of('points') || '0')];
  if (principalFen === null || bonusFen === null) return { problem: '储值金额读不懂，应为 1280.50 这样的数' };
  if (points === null) return { problem: '积分不是整数' };
  if (principalFen < 0 || bonusFen < 0 || points < 0) return { problem: '余额不能是负数' };
  if (principalFen + bonusFen + points === 0) return { problem: '这一行没有余额' };
  const text = row.of('expiresAt');
  const day = text === '' ? null : readDay(text);
  if (text !== '' && day === null) return { problem: `到期日「${text.slice(0, 20)}」读不懂，应为 2027-12-31` };
  // Good through its last day in Shanghai.
  const expiresAt = day ? new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000) : null;
  return { principalFen, bonusFen, points, expiresAt, storeCode: row.of('storeCode') };
}
