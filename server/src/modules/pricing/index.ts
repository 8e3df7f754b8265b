export {
  type LineProblem,
  type PriceRequest,
  Pricing,
  type Quote,
  type QuoteLine,
  refuseProblems,
} from './application/pricing.js';
export { lineProblem, type ProblemKind, problemText } from './domain/line-problem.js';
export type { Fulfil, PriceStep } from './domain/price-order.js';
export { PricingModule } from './pricing.module.js';
