import type { consoleRoutes, ResponseOf } from '@shuke/shared/contracts';

export type Answer<Name extends keyof typeof consoleRoutes> = ResponseOf<(typeof consoleRoutes)[Name]>;

export type User = Answer<'me'>;
export type Overview = Answer<'overview'>;
export type OrderRow = Answer<'orders'>['items'][number];
export type OrderDetail = Answer<'order'>;
export type OrderLine = OrderDetail['lines'][number];
export type SplitRow = Answer<'splits'>['items'][number];
export type OrderSplit = Answer<'orderSplit'>;
export type SplitEntry = OrderSplit['entries'][number];
export type Leg = SplitRow['legs'][number];
export type Receiver = SplitRow['receivers'][number];
export type SplitRule = Answer<'splitRules'>[number];
export type RuleLeg = SplitRule['legs'][number];
export type RuleCheck = Answer<'checkSplitRule'>;
export type Statement = Answer<'statements'>['items'][number];
export type StatementDetail = Answer<'statement'>;
export type StatementLine = StatementDetail['lines'][number];
export type Store = Answer<'store'>;
export type Franchisee = Answer<'franchisees'>[number];
export type Product = Answer<'products'>['items'][number];
export type Listing = Answer<'listings'>['items'][number];
export type ListingSku = Listing['skus'][number];
export type Guide = Answer<'guides'>['items'][number];
export type Task = Answer<'tasks'>['items'][number];
export type TaskGuide = Answer<'taskEffect'>['guides'][number];
export type Invariant = Answer<'invariants'>[number];
export type Import = Answer<'imports'>[number];
export type ImportError = Answer<'importErrors'>['items'][number];
export type AfterSaleRow = Answer<'afterSales'>['items'][number];
export type AfterSaleDetail = Answer<'afterSale'>;
export type AfterSaleRules = Answer<'afterSaleRules'>;
export type Review = Answer<'reviews'>['items'][number];
export type ReviewTicket = Answer<'reviewTickets'>['items'][number];
export type ReviewRules = Answer<'reviewRules'>;
export type Party = Leg['party'];
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
