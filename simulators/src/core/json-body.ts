/** The body of a call, however its type was announced: empty is an empty object, null what is no JSON. */
export function jsonBody(raw: unknown): Record<string, unknown> | null {
  if (raw === undefined || raw === null || Buffer.isBuffer(raw)) return {};
  if (typeof raw !== 'string') return raw as Record<string, unknown>;
  if (raw.trim() === '') return {};
  try {
    return JSON.parse(raw) as Record<string, unknown>;
  } catch {
    return null;
  }
}
