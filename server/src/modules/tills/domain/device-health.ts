export interface DeviceFacts {
  status: 'ACTIVE' | 'STOPPED';
  lastSequence: number;
  rowsTotal: number;
  lagMs: number;
  lastSeenAt: Date | null;
}
export type DeviceState = 'HEALTHY' | 'LAGGING' | 'GAP' | 'SILENT' | 'STOPPED';

const LAG_MS = 5 * 60_000;
const SILENT_MS = 2 * 3_600_000;

/** How a till is doing, and the next step in words. */
export function deviceHealth(
  device: DeviceFacts,
  nowMs: number,
): { state: DeviceState; text: string; nextStep: string } {
  const missing = device.lastSequence - device.rowsTotal;
  if (device.status === 'STOPPED') return { state: 'STOPPED', text: '已停用', nextStep: '需要时重新登记' };
  if (device.lastSeenAt === null || nowMs - device.lastSeenAt.getTime() > SILENT_MS)
    return { state: 'SILENT', text: '很久没有联系', nextStep: '看看这台收银机有没有开机、联网' };
  if (missing > 0) return { state: 'GAP', text: `缺 ${missing} 笔`, nextStep: '让收银机补传缺少的序号' };
  if (device.lagMs > LAG_MS) return { state: 'LAGGING', text: '有延迟', nextStep: '正在补传离线的单子，等它追上' };
  return { state: 'HEALTHY', text: '正常', nextStep: '' };
}

const MISSING_SHOWN = 100;
/** Numbers below the last one that never came, the first hundred. */
export function missingIn(there: ReadonlySet<number>, from: number, last: number): number[] {
  const missing: number[] = [];
  for (let at = from; at < last && missing.length < MISSING_SHOWN; at += 1) if (!there.has(at)) missing.push(at);
  return missing;
}
