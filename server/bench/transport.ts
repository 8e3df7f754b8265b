import { Agent, request } from 'node:http';
import type { Transport } from '@shuke/shared/api';

const agent = new Agent({ keepAlive: true });

/** One request over kept connections, with as little work of the buyer's own as possible: it shares the machine. */
export function exchange(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  const bytes = body === undefined ? undefined : Buffer.from(body);
  return new Promise((resolve, reject) => {
    const length: Record<string, string> = bytes ? { 'content-length': String(bytes.length) } : {};
    const sent = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

/** The clients' transport over {@link exchange}. */
export const leanTransport = (): Transport => (one) =>
  exchange(one.method, one.url, one.headers, one.body as string | undefined);
