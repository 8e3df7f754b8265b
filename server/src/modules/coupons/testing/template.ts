import type { TemplateInput } from '@shuke/shared/contracts';
import { terms } from './terms.js';

/** A template of plain coupons that anybody may take once. */
export const template = (more: Partial<TemplateInput> = {}): TemplateInput => ({
  name: '满减券',
  purpose: 'REPEAT',
  scenes: ['老客回访'],
  ruleText: '',
  terms: terms() as TemplateInput['terms'],
  take: {
    isPublic: true,
    forGuides: true,
    from: null,
    until: null,
    perMember: 1,
    perDay: null,
    levels: [],
    tagIds: [],
    newMembersOnly: false,
    afterPayFromFen: null,
  },
  totalCount: null,
  budgetFen: null,
  guidePerDay: null,
  guidePerMonth: null,
  displayOrder: 1,
  ...more,
});
