import { api } from '../../lib/api';
import type { ImportJob } from './api';

const PART_BYTES = 1_000_000;

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
