import { Inject, Injectable } from '@nestjs/common';
import type { MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../../platform/database/database.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { type FoundOldMember, OldMembers } from '../../../members/index.js';
import { type Effect, type Judged, type MappedRow, problemOf } from '../../domain/import-types.js';
import { field, type ImportPlan, type Work } from '../import-plan.js';
import { CARD, PHONE, readPerson } from './old-member.js';

/** Old members: who is unknown becomes a sleeping record, which wakes when its phone is verified or told at a till. */
@Injectable()
export class MembersPlan implements ImportPlan {
  readonly kind = 'MEMBERS' as const;
  readonly name = '会员';
  readonly rowsPerBatch = 1000;
  readonly undoOrder = ['MEMBER'];
  readonly fields = [
    PHONE,
    CARD,
    field('name', '昵称', ['姓名', '会员姓名', '会员名称', 'name', 'nickname']),
    field('realName', '真实姓名', ['真名', 'real name']),
    field('birthday', '生日', ['出生日期', 'birthday', 'birth date'], { hint: '如 1990-05-20' }),
    field('joinedAt', '入会日期', ['入会时间', '注册时间', '开卡日期', '办卡日期', 'joined', 'join date'], {
      hint: '如 2019-03-08',
    }),
    field('unionid', '微信 unionid', ['unionid'], { hint: '开放平台的 unionid，有才填' }),
  ];

  constructor(@Inject(OldMembers) private readonly old: OldMembers) {}

  async judge(work: Work, on: Queryable, rows: readonly MappedRow[]): Promise<Judged<FoundOldMember>[]> {
    const read = rows.map((row) => ({ row, person: readPerson(row, work.options.cardPrefix) }));
    const people = read.flatMap(({ person }) => ('problem' in person ? [] : [person]));
    const found = await this.old.find(on, work.brandId, people);
    let at = 0;
    return read.map(({ row, person }) => {
      if ('problem' in person) return problemOf<FoundOldMember>(row, person.problem);
      return this.judged(work, row, found[at++] as FoundOldMember);
    });
  }

  private judged(work: Work, row: MappedRow, draft: FoundOldMember): Judged<FoundOldMember> {
    const { owners, identifiers } = draft;
    const keys = identifiers.map((one) => `${one.kind} ${one.value}`);
    const twins = new Set(keys.flatMap((key) => work.seen.get(key) ?? []));
    for (const key of keys) if (!work.seen.has(key)) work.seen.set(key, [...twins][0] ?? String(row.row));
    if (owners.length > 1)
      return {
        row,
        draft,
        verdict: 'CONFLICT',
        problem: '手机号和卡号分别属于两位会员，请先在会员合并里确认是不是同一人',
      };
    if (twins.size > 1)
      return { row, draft, verdict: 'CONFLICT', problem: `和第 ${[...twins].join('、')} 行的身份交叉了` };
    if (owners.length === 0 && twins.size === 0) return { row, draft, verdict: 'NEW', problem: '' };
    if (owners.length === 0) return { row, draft, verdict: 'REPEATED', problem: `和第 ${[...twins][0]} 行是同一人` };
    return { row, draft, verdict: 'REPEATED', problem: '这位会员已经有了' };
  }

  async write(work: Work, tx: Tx, judged: readonly Judged[]): Promise<Effect[]> {
    const written = await this.old.write(
      tx,
      work.brandId,
      judged.map((one) => one.draft as FoundOldMember),
    );
    return written.map(({ memberId }, at) => ({
      kind: 'MEMBER',
      subjectId: memberId,
      row: judged[at]?.row.row ?? 0,
      ownerId: null,
      before: null,
    }));
  }

  async undo(
    work: Work,
    tx: Tx,
    _kind: string,
    effects: readonly Effect[],
  ): Promise<{ row: number; reason: string }[]> {
    const stay = await this.old.remove(
      tx,
      work.brandId,
      effects.map((one) => one.subjectId as MemberId),
    );
    return effects
      .filter((one) => stay.has(one.subjectId as MemberId))
      .map((one) => ({ row: one.row, reason: '这位会员已经来过或有了资产，保留' }));
  }
}
