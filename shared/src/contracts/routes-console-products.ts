import { Type } from '@sinclair/typebox';
import { StoreListing } from './catalog.js';
import { Cursor, Exact, IdParam, IdText, Ok, OneOf, Page, PageSize, Text } from './fields.js';
import {
  APPROVAL_STATES,
  Approval,
  CategoryEditor,
  CategoryInput,
  ListingRule,
  ListingRuleInput,
  PriceChange,
  PricePlan,
  PricePlanInput,
  ProductEditor,
  ProductInput,
} from './product-edit.js';
import { route } from './route.js';

const Paged = { cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };

/** Making products, who lists them, prices over time, and what franchisees ask headquarters for. */
export const consoleProductRoutes = {
  product: route('console.product', 'console', 'GET /api/c/products/{id}', 'A product for the editor', {
    params: IdParam,
    response: ProductEditor,
  }),
  createProduct: route(
    'console.createProduct',
    'console',
    'POST /api/c/products',
    'Make a product; a franchisee makes goods of its own, which headquarters approves',
    { body: ProductInput, response: ProductEditor },
    { idempotent: true },
  ),
  editProduct: route(
    'console.editProduct',
    'console',
    'PUT /api/c/products/{id}/content',
    'Change all of a product; a franchisee only goods of its own',
    {
      params: IdParam,
      body: Exact({ version: Type.Integer({ minimum: 0 }), product: ProductInput }),
      response: ProductEditor,
    },
  ),
  uploadPicture: route(
    'console.uploadPicture',
    'console',
    'POST /api/c/pictures',
    'Store a picture (png, jpeg or webp, at most 1 MB, at most 4096 px a side)',
    {
      body: Exact({ base64: Type.String({ minLength: 100, maxLength: 1_400_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }) }),
      response: Type.Object({ url: Type.String(), width: Type.Integer(), height: Type.Integer() }),
    },
  ),
  categoryList: route('console.categoryList', 'console', 'GET /api/c/category-list', 'Categories for the editor', {
    response: Type.Array(CategoryEditor),
  }),
  createCategory: route('console.createCategory', 'hq', 'POST /api/c/categories', 'Add a category', {
    body: CategoryInput,
    response: CategoryEditor,
  }),
  updateCategory: route('console.updateCategory', 'hq', 'PUT /api/c/categories/{id}', 'Change a category', {
    params: IdParam,
    body: CategoryInput,
    response: CategoryEditor,
  }),
  deleteCategory: route('console.deleteCategory', 'hq', 'DELETE /api/c/categories/{id}', 'Remove an empty category', {
    params: IdParam,
    response: Ok,
  }),
  listingRules: route('console.listingRules', 'console', 'GET /api/c/listing-rules', 'Allow, deny and must-list', {
    response: Type.Array(ListingRule),
  }),
  addListingRule: route(
    'console.addListingRule',
    'hq',
    'POST /api/c/listing-rules',
    'Add a rule; shelves follow at once',
    {
      body: ListingRuleInput,
      response: Type.Object({ rule: ListingRule, listed: Type.Integer(), unlisted: Type.Integer() }),
    },
  ),
  removeListingRule: route(
    'console.removeListingRule',
    'hq',
    'DELETE /api/c/listing-rules/{id}',
    'Remove a rule; what it listed or took off stays until somebody changes it',
    { params: IdParam, response: Ok },
  ),
  pricePlans: route('console.pricePlans', 'console', 'GET /api/c/stores/{id}/price-plans', 'Prices with a beginning', {
    params: IdParam,
    query: Exact(Paged),
    response: Page(PricePlan),
  }),
  addPricePlan: route(
    'console.addPricePlan',
    'console',
    'POST /api/c/stores/{id}/price-plans',
    'Plan a store price from one instant to another, inside the corridor',
    { params: IdParam, body: PricePlanInput, response: PricePlan },
  ),
  cancelPricePlan: route(
    'console.cancelPricePlan',
    'console',
    'POST /api/c/stores/{id}/price-plans/{planId}/cancel',
    'Cancel a plan; a live one ends now',
    { params: Exact({ id: IdText, planId: IdText }), response: PricePlan },
  ),
  priceHistory: route(
    'console.priceHistory',
    'console',
    'GET /api/c/stores/{id}/price-history',
    'Every change of price that counted in this store',
    { params: IdParam, query: Exact({ productId: Type.Optional(IdText), ...Paged }), response: Page(PriceChange) },
  ),
  askDelisting: route(
    'console.askDelisting',
    'console',
    'POST /api/c/stores/{id}/listings/{productId}/ask-delisting',
    'Ask headquarters to let this store stop selling a product',
    {
      params: Exact({ id: IdText, productId: IdText }),
      body: Exact({ reason: Text(60, 2) }),
      response: Approval,
    },
  ),
  setChannels: route(
    'console.setChannels',
    'console',
    'PUT /api/c/stores/{id}/stock/{skuId}/channels',
    'Which ways of getting it the stock of a SKU is for',
    {
      params: Exact({ id: IdText, skuId: IdText }),
      body: Exact({ forPickup: Type.Boolean(), forDelivery: Type.Boolean() }),
      response: StoreListing,
    },
  ),
  approvals: route('console.approvals', 'console', 'GET /api/c/approvals', 'What franchisees ask for', {
    query: Exact({ state: Type.Optional(OneOf(APPROVAL_STATES)), storeId: Type.Optional(IdText), ...Paged }),
    response: Page(Approval),
  }),
  decideApproval: route('console.decideApproval', 'hq', 'POST /api/c/approvals/{id}/decide', 'Approve or reject', {
    params: IdParam,
    body: Exact({ isApproved: Type.Boolean(), note: Text(60) }),
    response: Approval,
  }),
  withdrawApproval: route(
    'console.withdrawApproval',
    'console',
    'POST /api/c/approvals/{id}/withdraw',
    'Take back what I asked for',
    { params: IdParam, response: Approval },
  ),
} as const;
