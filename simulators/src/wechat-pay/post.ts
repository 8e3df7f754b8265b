import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** Posts over kept connections; a redirect is an answer like any other. @throws Error when no whole answer was read */
export function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<{ status: number; text: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(signal.aborted ? signal.reason : error);
    const sent = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'Content-Length': bytes.length }, signal },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', fail);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', fail);
    sent.end(bytes);
  });
}
