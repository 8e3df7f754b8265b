/** Records of what is sent to merchants. Instants are milliseconds since the epoch. */

export interface Attempt {
  at: number;
  status?: number;
  error?: string;
  note?: string;
}

/** One notification and what became of it. */
export interface Delivery {
  id: string;
  url: string;
  /** Whose APIv3 key encrypts it. */
  mchid: string;
  eventType: string;
  originalType: string;
  summary: string;
  plaintext: unknown;
  /** Set when it goes out as a v2 XML callback instead. */
  xml?: boolean;
  createdAt: number;
  attempts: Attempt[];
  /** Failed rounds since it was (re)sent. */
  failures: number;
  state: 'pending' | 'delivered' | 'given-up';
  nextAt?: number;
}
