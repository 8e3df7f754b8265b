import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of undoing a hand-over. */
export const refuseHandOver = refusals({
  UNDO_NOT_ALLOWED: [403, '你不能撤销这次交货了，请店长处理'],
  ALREADY_UNDONE: [409, '这次交货已经撤销过了'],
  UNDO_NOT_POSSIBLE: [409, '这次交货不能撤销了，货要退的话请走退货'],
} as const);
