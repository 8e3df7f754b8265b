export { BuyerTermsReader, type BuyerWish } from './application/buyer-terms.js';
export { isOffered, Pricing, refuseProblems } from './application/pricing.js';
export type { LineProblem, Offers, PriceRequest, Quote, QuoteLine } from './application/quote.js';
export { lineProblem, type ProblemKind, problemText } from './domain/line-problem.js';
export type { Fulfil, PriceStep } from './domain/price-line.js';
export { type PricedOrder, savedText } from './domain/price-pipeline.js';
export { withSlice } from './domain/slices.js';
export { PricingModule } from './pricing.module.js';
