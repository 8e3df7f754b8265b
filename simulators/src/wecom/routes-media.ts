import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { MediaItem } from './model.js';
import type { WecomPlatform } from './platform.js';
import { api } from './wire.js';

const TTL_MS = 3 * 86_400_000;
const MB = 1024 * 1024;
const MAX: Record<string, number> = { image: 10 * MB, voice: 2 * MB, video: 10 * MB, file: 20 * MB };

/** A picture that is still alive, or 40007. A media_id lives three days. */
export function usableMedia(sim: WecomPlatform, mediaId: string): MediaItem {
  const item = sim.book.state.media[mediaId];
  if (!item) refuse(40007);
  if (!item.permanent && sim.core.clock.now() - item.createdAt > TTL_MS) refuse(40007);
  return item;
}

/** Where the chat windows fetch the content of a media id. */
export function mediaUrl(sim: WecomPlatform, mediaId: string): string | undefined {
  return sim.book.state.media[mediaId] ? `${sim.origin}/sim/media/${mediaId}` : undefined;
}

interface Upload {
  filename: string;
  contentType: string;
  data: Buffer;
}

/** Takes the first file part out of a multipart body; the platform accepts exactly one. */
export function firstFile(contentType: string, body: unknown): Upload | undefined {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary || !Buffer.isBuffer(body)) return undefined;
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark); at >= 0; ) {
    const end = body.indexOf(mark, at + mark.length);
    if (end < 0) return undefined;
    const part = body.subarray(at + mark.length + 2, end - 2);
    const split = part.indexOf('\r\n\r\n');
    const head = split < 0 ? '' : part.subarray(0, split).toString('utf8');
    const filename = /filename="([^"]*)"/i.exec(head)?.[1];
    if (filename !== undefined) {
      const type = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream';
      return { filename, contentType: type.trim(), data: part.subarray(split + 4) };
    }
    at = end;
  }
  return undefined;
}

export function registerMediaRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const keep = (type: string, upload: Upload | undefined, permanent: boolean): MediaItem => {
    if (!upload || upload.data.length <= 5) refuse(44001);
    if (upload.data.length > (MAX[type] ?? 20 * MB)) refuse(45045);
    const item: MediaItem = {
      mediaId: sim.book.nextId('', 64),
      type,
      filename: upload.filename,
      contentType: upload.contentType,
      dataBase64: upload.data.toString('base64'),
      createdAt: sim.core.clock.now(),
      permanent,
    };
    sim.book.state.media[item.mediaId] = item;
    return item;
  };

  api(app, sim, 'POST', '/cgi-bin/media/upload', ({ query, request }) => {
    const type = query.type ?? '';
    if (!(type in MAX)) refuse(40058, 'type is not image, voice, video or file');
    const item = keep(type, firstFile(request.headers['content-type'] ?? '', request.body), false);
    return { type, media_id: item.mediaId, created_at: String(Math.floor(item.createdAt / 1000)) };
  });

  api(app, sim, 'POST', '/cgi-bin/media/uploadimg', ({ request }) => {
    const item = keep('image', firstFile(request.headers['content-type'] ?? '', request.body), true);
    return { url: `${sim.origin}/sim/media/${item.mediaId}` };
  });

  app.get<{ Params: { id: string } }>('/sim/media/:id', async (request, reply) => {
    const item = sim.book.state.media[request.params.id];
    if (!item) return reply.code(404).send('not found');
    return reply
      .type(item.contentType)
      .header('access-control-allow-origin', '*')
      .send(Buffer.from(item.dataBase64, 'base64'));
  });
}
