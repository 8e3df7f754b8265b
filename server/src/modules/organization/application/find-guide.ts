import { Inject, Injectable } from '@nestjs/common';
import type { GuideCard } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { refuse } from '../../../platform/errors/app-error.js';
import { readScene } from '../domain/scene.js';
import { Organization } from './organization.js';

/** Finds the guide whom a code or a scanned scene names. */
@Injectable()
export class FindGuide {
  constructor(@Inject(Organization) private readonly organization: Organization) {}

  /** @throws AppError NOT_FOUND for an unknown code and for a guide who has left. */
  async run(brandId: BrandId, given: { scene?: string; code?: string }): Promise<GuideCard> {
    const code = given.code ?? readScene(given.scene).guideCode;
    const guide = code ? await this.organization.guideByCode(brandId, code) : null;
    if (guide?.status !== 'ACTIVE') throw refuse('NOT_FOUND');
    return this.organization.guideCard(guide);
  }
}
