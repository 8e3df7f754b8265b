/** What a run of the benchmark was asked for, and the engines that its script has started. */
export interface Settings {
  root: string;
  dir: string;
  databaseUrl: string;
  redisUrl: string;
  isQuick: boolean;
  /** Leaves CPU profiles of the processes when they end. */
  isProfiled: boolean;
  /** Lets server and worker tell their memory after a forced collection. */
  isSoaked: boolean;
  /** The database and Redis, which the script has started. */
  engines: { database: number; redis: number };
}
