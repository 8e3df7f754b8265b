import type { WecomClient } from './wecom-client.js';

export type MediaType = 'image' | 'voice' | 'video' | 'file';

/** Uploaded media live three days; renew after two. */
export const MEDIA_LIFE_MS = 3 * 86_400_000;

/** Temporary media (reference: wecom-miniapp 4.4). */
export class Media {
  constructor(private readonly client: WecomClient) {}

  /** @returns the id and the instant (ms) from which it must not be used. @throws WecomError, RangeError below 6 bytes */
  async upload(type: MediaType, name: string, bytes: Uint8Array): Promise<{ mediaId: string; expiresAtMs: number }> {
    if (bytes.byteLength <= 5) throw new RangeError('a media file has more than 5 bytes');
    const form = new FormData();
    form.append('media', new Blob([new Uint8Array(bytes)]), name);
    const answer = await this.client.call({ cgi: 'media/upload', query: { type }, form });
    const created = Number(answer['created_at'] ?? 0) * 1000 || this.client.tools.clock.now();
    return { mediaId: String(answer['media_id']), expiresAtMs: created + MEDIA_LIFE_MS };
  }
}
