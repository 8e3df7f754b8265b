export { AfterSalesModule } from './after-sales.module.js';
export { AfterSales } from './application/after-sales.js';
export { PreviewAfterSale } from './application/preview-after-sale.js';
export { RequestAfterSale } from './application/request-after-sale.js';
export { AfterSaleRuleBook } from './application/rule-book.js';
export type { AfterSaleCase, CaseId } from './domain/after-sale-case.js';
