import { Inject, Injectable } from '@nestjs/common';
import type { DeskAvatar } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { type DeskPage, doubtText, type Picture, PictureDesk } from '../../pictures/index.js';
import { Members } from './members.js';

const PAGE = 20;

/** Pictures of members that the platform could not decide about: headquarters looks at them. */
@Injectable()
export class AvatarDesk {
  constructor(
    @Inject(PictureDesk) private readonly pictures: PictureDesk,
    @Inject(Members) private readonly members: Members,
  ) {}

  async list(
    { brandId }: Desk,
    wish: { isDecided?: boolean; cursor?: string; limit?: number },
  ): Promise<{ items: DeskAvatar[]; nextCursor: string | null }> {
    const { isDecided = false, cursor, limit = PAGE } = wish;
    const found = await this.pictures.list(brandId, 'AVATAR', deskPage(isDecided, cursor), limit + 1);
    const faces = await this.facesOf(brandId, found);
    const cursorOf = ({ id, decision }: Picture) => (decision ? makeCursor(decision.at.getTime(), id) : makeCursor(id));
    return pageOf(found, limit, (one) => view(one, faces), cursorOf);
  }

  /** @throws AppError NOT_FOUND, PICTURE_DECIDED */
  async decide(actor: Desk, id: string, verdict: { isPassed: boolean; note: string }): Promise<DeskAvatar> {
    const decided = await this.pictures.decide(actor, 'AVATAR', id, verdict);
    return view(decided, await this.facesOf(actor.brandId, [decided]));
  }

  private facesOf(brandId: BrandId, pictures: readonly Picture[]): Promise<Faces> {
    return this.members.profiles(brandId, [...new Set(pictures.map(({ memberId }) => memberId))]);
  }
}

type Faces = Awaited<ReturnType<Members['profiles']>>;

function deskPage(isDecided: boolean, cursor: string | undefined): DeskPage {
  if (!isDecided) {
    const [afterId] = readCursor(cursor, [DIGITS]) ?? [];
    return { isDecided, afterId };
  }
  const [at, id] = readCursor(cursor, [DIGITS, DIGITS]) ?? [];
  return { isDecided, before: at !== undefined && id !== undefined ? { at: new Date(Number(at)), id } : undefined };
}

function view(one: Picture, faces: Faces): DeskAvatar {
  const member = faces.get(one.memberId);
  if (!member) throw new Error(`the member of picture ${one.id} is not there`);
  return {
    id: one.id,
    url: one.url,
    sentAt: one.createdAt.toISOString(),
    why: doubtText(one.label),
    member,
    decision: one.decision && { ...one.decision, at: one.decision.at.toISOString() },
  };
}
