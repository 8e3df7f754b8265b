/** What a gateway needs of a logger. Messages never carry keys, tokens, openids or phone numbers. */
export interface GatewayLogger {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
}

export const SILENT_LOGGER: GatewayLogger = { info: () => {}, warn: () => {}, error: () => {} };
