import { api } from '../../lib/api';
import type { ImportJob } from './api';

const PART_BYTES = 1_000_000;

/** A browser holds the file whole while it is read. */
const MOST_BYTES = 1_000_000_000;

/** Why a file need not be uploaded at all, seen from its name and size; null when the server is to look into it. */
export function fileProblem({ name, size }: Pick<File, 'name' | 'size'>): string | null {
  if (size === 0) return `「${name}」是空的`;
  if (/\.xls$/i.test(name)) return '旧版 Excel（.xls）读不了，请在 Excel 里另存为 .xlsx 或 CSV 再选';
  if (!/\.(csv|tsv|txt|xlsx|gz)$/i.test(name)) return `「${name}」不是表格，请选 CSV 或 Excel（.xlsx）文件`;
  return size > MOST_BYTES ? `「${name}」超过 1 GB，请分成几份再导入` : null;
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/**
 * Uploads a file in parts. Choosing the same file again goes on where an earlier upload stopped, because the server
 * knows files by their SHA-256.
 */
export async function uploadFile(
  file: File,
  kind: ImportJob['kind'],
  parentId: string | null,
  onProgress: (percent: number) => void,
): Promise<ImportJob> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = hex(await crypto.subtle.digest('SHA-256', bytes));
  const fileName = file.name.slice(-120);
  const body = { kind, fileName, bytes: bytes.length, sha256, ...(parentId ? { parentId } : {}) };
  let job = await api.console.openImport({ body });
  while (job.state === 'UPLOADING') {
    const part = Math.floor(job.receivedBytes / PART_BYTES);
    onProgress(Math.floor((job.receivedBytes * 100) / bytes.length));
    const dataBase64 = base64(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
    job = await api.console.putImportPart({ params: { id: job.id, part }, body: { dataBase64 } });
  }
  onProgress(100);
  return job;
}
