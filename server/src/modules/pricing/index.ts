export { BuyerTermsReader, type BuyerWish } from './application/buyer-terms.js';
export {
  isOffered,
  type LineProblem,
  type Offers,
  type PriceRequest,
  Pricing,
  type Quote,
  type QuoteLine,
  refuseProblems,
  withSlice,
} from './application/pricing.js';
export { lineProblem, type ProblemKind, problemText } from './domain/line-problem.js';
export type { Fulfil, PriceStep } from './domain/price-line.js';
export { type PricedOrder, savedText } from './domain/price-pipeline.js';
export { PricingModule } from './pricing.module.js';
