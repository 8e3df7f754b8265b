/** What the WeCom simulator remembers. Plain objects only, so that the state file can hold it as JSON. */

export interface Member {
  userid: string;
  name: string;
  avatar?: string;
  department?: number[];
  position?: string;
  contactEnabled?: boolean;
  /** 1 active, 2 disabled, 4 inactive, 5 left. */
  status?: number;
  leftAt?: number;
}

export type RelationStatus = 'normal' | 'half' | 'deleted-by-guide' | 'deleted-by-customer';

export interface Relation {
  userid: string;
  externalUserid: string;
  status: RelationStatus;
  remark: string;
  description: string;
  remarkCorpName: string;
  remarkMobiles: string[];
  createtime: number;
  tagIds: string[];
  personalTags: string[];
  addWay: number;
  state?: string;
  operUserid: string;
  lastChatAt: number;
}

export interface CorpTag {
  id: string;
  name: string;
  order: number;
  createTime: number;
}
export interface TagGroup {
  id: string;
  name: string;
  order: number;
  createTime: number;
  /** The application may edit only what it made itself. */
  createdBy: 'app' | 'admin';
  tags: CorpTag[];
}

export interface ContactWay {
  configId: string;
  type: number;
  scene: number;
  remark: string;
  skipVerify: boolean;
  state: string;
  users: string[];
  parties: number[];
  style?: number;
  isTemp: boolean;
  expiresAt?: number;
  createdAt: number;
}

export interface Transfer {
  handover: string;
  takeover: string;
  externalUserid: string;
  resigned: boolean;
  dueAt: number;
  /** 1 done, 2 waiting, 3 refused by the contact, 4 takeover member is full. */
  status: 1 | 2 | 3 | 4;
  decision?: 'accept' | 'refuse';
  takeoverTime?: number;
  message?: string;
}

export interface GroupMessageRow {
  userid: string;
  externalUserid: string;
  /** 0 unsent, 1 sent, 2 not friends, 3 already received its share of mass messages. */
  status: 0 | 1 | 2 | 3;
  sendTime?: number;
}
export interface GroupMessage {
  msgid: string;
  chatType: 'single' | 'group';
  createdAt: number;
  text?: string;
  attachments: Record<string, unknown>[];
  cancelled: boolean;
  remindedAt: number[];
  rows: GroupMessageRow[];
  /** Members who confirmed the sending, with the time. */
  confirmed: Record<string, number>;
  readyAt: number;
}

export interface WelcomeCode {
  code: string;
  userid: string;
  externalUserid: string;
  issuedAt: number;
  state: 'open' | 'sent';
  busyAnswers: number;
}

export interface MediaItem {
  mediaId: string;
  type: string;
  filename: string;
  contentType: string;
  dataBase64: string;
  createdAt: number;
  permanent: boolean;
}

export interface WecomState {
  members: Record<string, Member>;
  relations: Record<string, Relation>;
  tagGroups: TagGroup[];
  contactWays: Record<string, ContactWay>;
  transfers: Transfer[];
  transferLog: Record<string, number[]>;
  groupMessages: GroupMessage[];
  welcomeCodes: Record<string, WelcomeCode>;
  media: Record<string, MediaItem>;
  /** Kept across restarts, because a client that caches a ticket never learns that it died. */
  tickets: Partial<Record<'corp' | 'agent', { value: string; expiresAt: number }>>;
  counter: number;
}

/** Knobs with our own defaults where the vendor publishes no number. */
export interface WecomKnobs {
  latencyMs: number;
  concurrency: number;
  perMinute: number;
  perHour: number;
  ipAllowList: string[] | null;
  trustedHosts: string[] | null;
  massSendPolicy: 'monthly-days' | 'weekly7' | 'daily1';
  dispatchMs: number;
  corpTagLimit: number;
  contactTagLimit: number;
  memberContactLimit: number;
  welcomeBusyTimes: number;
  adminWelcomeUserids: string[];
  unionidBound: boolean;
  badSecretBan: number;
}

export const DEFAULT_KNOBS: WecomKnobs = {
  latencyMs: 0,
  concurrency: 8,
  perMinute: 10_000,
  perHour: 150_000,
  ipAllowList: null,
  trustedHosts: null,
  massSendPolicy: 'monthly-days',
  dispatchMs: 3_000,
  corpTagLimit: 10_000,
  contactTagLimit: 1_000,
  memberContactLimit: 20_000,
  welcomeBusyTimes: 0,
  adminWelcomeUserids: [],
  unionidBound: true,
  badSecretBan: 20,
};
