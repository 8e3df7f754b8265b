// Which module keeps which table, and who else may touch it. `check-tables.mjs` holds the code to these lists, exactly:
// a table without owner, a reader that is not listed and a line that nothing needs any more are all errors.

/** The tables that each module keeps: nobody else changes their rows. */
export const OWNERS = {
  'after-sales': ['after_sale_case', 'after_sale_line', 'after_sale_message', 'after_sale_rules'],
  analytics: ['browse_event'],
  'asset-ledger': [
    'asset_account',
    'asset_entry',
    'asset_hold',
    'asset_hold_lot',
    'asset_lot',
    'asset_move',
    'asset_movement',
    'expiry_notice',
  ],
  assets: ['asset_adjustment', 'asset_setting', 'dynamic_code', 'in_store_payment', 'wallet_pin'],
  carts: ['address', 'cart_line'],
  catalog: [
    'approval',
    'category',
    'listing',
    'listing_rule',
    'price_change',
    'price_plan',
    'product',
    'sku',
    'store_price',
  ],
  clearing: ['clearing_day', 'clearing_entry', 'clearing_leg', 'clearing_net', 'clearing_pair'],
  closings: ['closing_order', 'store_closing'],
  connectors: ['pos_arriving_file', 'pos_import', 'pos_import_error', 'pos_return'],
  contacts: ['contact', 'contact_relation', 'contact_tag', 'corp_tag', 'lease', 'tag_write', 'wecom_event'],
  coupons: [
    'coupon',
    'coupon_event',
    'coupon_gift',
    'coupon_guide_use',
    'coupon_join',
    'coupon_offer',
    'coupon_offer_taker',
    'coupon_pin_try',
    'coupon_redemption',
    'coupon_settings',
    'coupon_taken',
    'coupon_template',
    'coupon_version',
  ],
  gateways: ['pay_nonce'],
  guides: ['binding', 'binding_event'],
  'hand-overs': ['hand_over'],
  identity: ['console_user', 'login_try', 'pos_connector'],
  imports: ['import_effect', 'import_issue', 'import_job', 'import_mapping', 'import_part'],
  insights: ['member_value'],
  inventory: [
    'arrival_notice',
    'reservation',
    'stock',
    'stock_drift',
    'stock_feed',
    'stock_movement',
    'stock_report',
    'store_transfer',
  ],
  levels: ['member_level', 'member_level_event'],
  members: [
    'consent',
    'consent_event',
    'data_access',
    'identity_anomaly',
    'member',
    'member_backfill',
    'member_backfill_error',
    'member_event',
    'member_hint',
    'member_identifier',
    'member_merge',
    'member_policy',
    'membership',
    'merge_candidate',
    'shared_phone',
  ],
  'my-data': ['data_export', 'guide_change'],
  notices: ['notice', 'notice_choice', 'notice_consent', 'notice_template'],
  'one-id': ['member_merge_row'],
  orders: ['order_line', 'sales_order', 'shipping_upload'],
  organization: [
    'brand',
    'brand_mall',
    'delivery_booking',
    'delivery_slot',
    'franchisee',
    'guide',
    'member_store',
    'region',
    'store',
    'store_entry',
    'store_setup',
  ],
  payments: ['pay_notification', 'payment', 'refund', 'refund_line'],
  pictures: ['consumer_picture'],
  platform: ['idempotency_key', 'inbox', 'invariant_run', 'outbox', 'session_end'],
  'points-mall': ['points_exchange', 'points_good', 'points_good_taker'],
  promotions: [
    'bargain',
    'bargain_help',
    'group_buy',
    'group_buy_seat',
    'presale_deal',
    'price_low',
    'promotion',
    'promotion_counter',
    'promotion_envelope',
    'promotion_run',
    'promotion_use',
  ],
  reviews: [
    'guide_score',
    'product_score',
    'review',
    'review_invite',
    'review_log',
    'review_reply',
    'review_rules',
    'review_tag',
    'review_ticket',
  ],
  settlement: [
    'bill_day',
    'bill_difference',
    'bill_difference_step',
    'bill_line',
    'chain_head',
    'channel_ratio',
    'channel_receiver',
    'entitlement',
    'entitlement_leg',
    'ledger_account',
    'payout',
    'payout_day',
    'payout_line',
    'posting',
    'split',
    'split_debt',
    'split_offset',
    'split_receiver',
    'split_request',
    'split_return',
    'split_rule',
    'statement',
    'statement_dispute',
    'statement_step',
    'transfer',
  ],
  tags: ['member_tag', 'tag', 'tag_refusal'],
  tasks: ['chat_send', 'morning_pack', 'task', 'task_item'],
  tills: ['pos_act', 'pos_device'],
  'top-ups': ['top_up', 'top_up_activity', 'wallet_refund'],
};

/** The few columns of another module's row that a module keeps up to date, and why a row of its own would be worse. */
export const WRITERS = [
  {
    by: 'contacts',
    tables: ['guide'],
    why: 'whether a guide may still use WeCom is known only to WeCom and read with every guide',
  },
  { by: 'guides', tables: ['guide'], why: 'contact way and code of a guide are made here and read with every guide' },
  { by: 'tasks', tables: ['guide'], why: "a guide's pace is measured by packs and read with every guide" },
  {
    by: 'levels',
    tables: ['member'],
    why: "the card shows level and growth, a copy of the levels' own rows, without a join",
  },
  {
    by: 'levels',
    tables: ['asset_setting'],
    why: 'settings of growth are versions like those of wallet and points, in one table',
  },
  {
    by: 'organization',
    tables: ['member'],
    why: 'the store of the last visit decides the next one, in the statement that reads the member',
  },
  {
    by: 'my-data',
    tables: ['consent_event', 'member', 'merge_candidate'],
    why: 'whoever leaves is taken out of every row in one transaction',
  },
  {
    by: 'connectors',
    tables: ['sales_order', 'order_line'],
    why: 'purchases at a counter are orders of channel POS; they skip what the mall does with its own',
  },
  { by: 'catalog', tables: ['stock'], why: 'a SKU that an import takes back leaves no empty shelf behind' },
];

/** Rows of other modules that a statement reads because asking their module would cost a page or a batch too much. */
export const READERS = [
  {
    why: 'name and face of a member stand beside what the member did',
    reads: {
      'after-sales': ['member'],
      carts: ['member'],
      closings: ['member'],
      coupons: ['member'],
      notices: ['member'],
      orders: ['member'],
      promotions: ['member'],
      reviews: ['member'],
      tills: ['member'],
      assets: ['member'],
    },
  },
  {
    why: 'shelves show what is there: price and stock of a page in one statement',
    reads: {
      promotions: ['stock'],
      closings: ['stock'],
      imports: ['stock'],
    },
  },
  {
    why: 'goods are named by the statement that counts them',
    reads: {
      inventory: ['sku', 'product', 'listing', 'store_price'],
      promotions: ['sku', 'product', 'listing', 'store_price'],
      coupons: ['sku', 'product', 'category'],
      connectors: ['sku', 'product'],
      contacts: ['sku', 'category'],
      tasks: ['listing'],
      analytics: ['product'],
      organization: ['listing'],
    },
  },
  {
    why: 'figures of the desk are sums over the rows of their owners, one statement each, so that the same number stands everywhere',
    reads: {
      dashboards: [
        'sales_order',
        'member',
        'guide',
        'task_item',
        'split',
        'split_receiver',
        'entitlement',
        'entitlement_leg',
        'after_sale_case',
        'review_ticket',
        'consumer_picture',
        'statement',
        'statement_dispute',
      ],
    },
  },
  {
    why: 'what somebody bought decides level, value, promise or offer, computed over thousands of members at once',
    reads: {
      levels: ['sales_order'],
      insights: ['sales_order', 'member'],
      tasks: ['sales_order', 'order_line', 'member'],
      pricing: ['sales_order'],
      members: ['sales_order'],
      coupons: ['sales_order'],
      promotions: ['sales_order', 'order_line'],
      imports: ['sales_order'],
    },
  },
  {
    why: 'what an order is and where it stands is named beside the row that belongs to it',
    reads: {
      settlement: ['sales_order'],
      payments: ['sales_order'],
      reviews: ['sales_order'],
      tills: ['sales_order'],
      closings: ['sales_order', 'order_line'],
      inventory: ['sales_order'],
      contacts: ['sales_order', 'order_line'],
      catalog: ['sales_order', 'order_line'],
    },
  },
  {
    why: 'a store does not go away while orders or held goods wait in it, and what waits in one that is gone is found by its state',
    reads: {
      organization: ['sales_order', 'reservation'],
      'points-mall': ['store'],
    },
  },
  {
    why: 'what waits for a sale is found in one statement, and a sale is whole when no file brings more of it',
    reads: {
      tills: ['pos_arriving_file'],
    },
  },
  {
    why: "the sidebar shows a customer within one statement's time: who it is, what was bought, what is asked of the guide",
    reads: {
      contacts: ['member', 'binding', 'member_value', 'task_item', 'morning_pack', 'entitlement_leg'],
    },
  },
  {
    why: 'nobody is told of an offer who wants none, and that is asked for each message that is about to go',
    reads: {
      notices: ['consent'],
    },
  },
  {
    why: "a morning pack chooses among all of a guide's customers in a few statements",
    reads: {
      tasks: ['binding', 'browse_event', 'consent', 'contact', 'contact_relation', 'member_value', 'member_tag', 'tag'],
    },
  },
  {
    why: 'a coupon is offered to a friend and given by tag and level',
    reads: {
      coupons: ['contact', 'contact_relation', 'member_tag'],
    },
  },
  {
    why: "a low score is answered in the author's chat; staff review nothing",
    reads: {
      reviews: ['contact', 'contact_relation', 'guide', 'member_identifier'],
    },
  },
  {
    why: 'an order asks once, in one statement, which guide it counts for',
    reads: {
      orders: ['chat_send', 'contact', 'binding'],
    },
  },
  {
    why: 'whether money went back belongs to the page of an order and of a case',
    reads: {
      orders: ['refund'],
      'after-sales': ['refund'],
    },
  },
  {
    why: "the channel's bill is compared with what was paid and refunded, thousands of lines at once",
    reads: {
      settlement: ['payment', 'refund', 'wallet_refund'],
    },
  },
  {
    why: "statements are sums by a store's franchisee; rules of one brand are numbered under the lock of its row",
    reads: {
      settlement: ['store', 'brand'],
    },
  },
  {
    why: 'a binding ends with its guide; the brand sets how long it is protected',
    reads: {
      guides: ['brand', 'member_identifier'],
    },
  },
  {
    why: "guides' and stores' loads are counted for the desk in one statement",
    reads: {
      organization: ['contact_relation', 'binding', 'task_item'],
    },
  },
  {
    why: 'what a person owns is one picture: points and growth live in lots of the ledger',
    reads: {
      assets: ['asset_account', 'asset_entry', 'asset_lot', 'wallet_refund'],
      levels: ['asset_account', 'asset_entry', 'asset_lot'],
      members: ['asset_account'],
    },
  },
  {
    why: "the page of a person names address, visits and the brand's own wording",
    reads: {
      members: ['address', 'browse_event', 'brand'],
    },
  },
  {
    why: 'whoever asks is shown everything that names them, also what other modules note',
    reads: {
      'my-data': ['data_access', 'member_merge', 'member_merge_row'],
    },
  },
  {
    why: 'which connector a device or a feed belongs to',
    reads: {
      tills: ['pos_connector'],
      inventory: ['pos_connector'],
    },
  },
  {
    why: 'a sale at a counter is matched with the card and kept when it was reviewed',
    reads: {
      connectors: ['member_identifier', 'review'],
    },
  },
  {
    why: 'a store that closes has to let go of what it holds',
    reads: {
      closings: ['reservation'],
    },
  },
  {
    why: 'a SKU that lies in a cart is not taken out of the catalogue',
    reads: {
      catalog: ['cart_line'],
    },
  },
];
