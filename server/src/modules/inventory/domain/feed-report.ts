/** What a night's look at a feed goes by. Instants in milliseconds. */
export interface FeedFacts {
  /** The number that never came, or null while both systems are in step. */
  missingFrom: number | null;
  lastMessageAt: number;
  /** Null: never counted. */
  lastSnapshotAt: number | null;
  /** Pieces by which the day's messages found the two systems apart. */
  driftPieces: number;
  /** Pieces on the store's shelves. */
  onHandPieces: number;
}

const DAY_MS = 86_400_000;
const SILENT_MS = DAY_MS;
const COUNT_EVERY_MS = 7 * DAY_MS;
/** A few pieces are somebody at the shelf; more than these are two systems that went apart. */
const DRIFT_LEAST = 5;
const DRIFT_BP = 100;

/** Why somebody must look at a feed, in words for the desk; nothing when it is in step. */
export function feedAlarms(facts: FeedFacts, now: number): string[] {
  const { missingFrom, lastMessageAt, lastSnapshotAt, driftPieces, onHandPieces } = facts;
  const alarms: string[] = [];
  if (missingFrom !== null) alarms.push(`缺第 ${missingFrom} 条库存消息，之后的变动都没有记，请传一次全量盘点`);
  if (now - lastMessageAt >= SILENT_MS) alarms.push('超过一天没有收到库存消息，请检查收银系统的连接');
  if (lastSnapshotAt === null || now - lastSnapshotAt >= COUNT_EVERY_MS) alarms.push('超过七天没有全量盘点，请传一次');
  if (driftPieces > DRIFT_LEAST && driftPieces * 10_000 > onHandPieces * DRIFT_BP)
    alarms.push(`昨天两边相差 ${driftPieces} 件，超过在架的 1%，请盘点后核对`);
  return alarms;
}
