// Which modules read rows of others, and why. `check-tables.mjs` holds the code to this list, as to that of `tables.mjs`.

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
      contacts: ['member', 'consent', 'binding', 'member_value', 'task_item', 'morning_pack', 'entitlement_leg'],
    },
  },
  {
    why: 'what somebody has refused holds at once: no message of offers goes, and no position is asked for at the door',
    reads: {
      notices: ['consent'],
      organization: ['consent'],
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
