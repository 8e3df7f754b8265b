import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface VendorAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Never answers. */
  silent?: boolean;
}

/** A tiny HTTP server that answers as a test says and remembers what it was asked. */
export class LocalVendor {
  readonly seen: SeenRequest[] = [];
  respond: (request: SeenRequest) => VendorAnswer = () => ({ status: 404 });
  private server: Server | null = null;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const seen = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        this.seen.push(seen);
        const answer = this.respond(seen);
        if (answer.silent) return;
        response.writeHead(answer.status ?? 200, answer.headers);
        response.end(answer.body);
      });
    });
    const server = this.server;
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done) ?? done(undefined));
  }

  count(part: string): number {
    return this.seen.filter((request) => request.path.includes(part)).length;
  }
}
