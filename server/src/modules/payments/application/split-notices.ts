/** What a module does when WeChat reports about the split of a payment. */
export type SplitNotice = (transactionId: string) => Promise<void>;

let look: SplitNotice | null = null;

/** Callbacks about splits arrive here with those of payments; settlement, which is built on payments, listens. */
export const SplitNotices = {
  /** The last one registered wins, so that tests can build the app twice. */
  register(notice: SplitNotice): void {
    look = notice;
  },
  async tell(transactionId: string): Promise<void> {
    await look?.(transactionId);
  },
};
