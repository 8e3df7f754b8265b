export { CheckPayment } from './application/check-payment.js';
export { RequestRefund } from './application/request-refund.js';
export { checkPauseMs, type PaymentRow } from './domain/payment.js';
export { PaymentsModule } from './payments.module.js';
export { PaymentStore } from './persistence/payment.store.js';
export { type RefundDraft, type RefundStep, RefundStore } from './persistence/refund.store.js';
