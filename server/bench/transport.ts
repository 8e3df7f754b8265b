import { connect, type Socket } from 'node:net';
import type { Transport } from '@shuke/shared/api';

interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}
const END_OF_HEAD = '\r\n\r\n';
const idle = new Map<string, Line[]>();

/** One kept connection with at most one request under way. */
class Line {
  private readonly socket: Socket;
  private received: Buffer | null = null;
  private resolve: ((answer: Answer) => void) | null = null;
  private reject: ((error: Error) => void) | null = null;

  constructor(private readonly url: URL) {
    this.socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    this.socket.on('data', (chunk) => this.take(chunk as Buffer));
    this.socket.on('error', (error) => this.end(error));
    this.socket.on('close', () => this.end(new Error(`${url.host} closed the connection`)));
  }

  send(text: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.socket.write(text);
    });
  }

  private end(error: Error): void {
    this.socket.destroy();
    const waiting = idle.get(this.url.host);
    if (waiting?.includes(this)) waiting.splice(waiting.indexOf(this), 1);
    this.reject?.(error);
    this.reject = null;
  }

  private take(chunk: Buffer): void {
    const bytes = this.received ? Buffer.concat([this.received, chunk]) : chunk;
    const headEnd = bytes.indexOf(END_OF_HEAD);
    const head = headEnd < 0 ? '' : bytes.toString('latin1', 0, headEnd);
    const length = head === '' ? null : lengthOf(head);
    if (length === undefined) {
      this.end(new Error(`an answer without length: ${head}`));
      return;
    }
    const from = headEnd + END_OF_HEAD.length;
    if (length === null || bytes.length < from + length) {
      this.received = bytes;
      return;
    }
    this.received = null;
    this.reject = null;
    if (/\r\nconnection: close/i.test(head)) this.socket.destroy();
    else idleOf(this.url.host).push(this);
    this.resolve?.({
      status: Number(head.slice(9, 12)),
      headers: {},
      text: bytes.toString('utf8', from, from + length),
    });
  }
}

function idleOf(host: string): Line[] {
  const lines = idle.get(host) ?? [];
  idle.set(host, lines);
  return lines;
}

function lengthOf(head: string): number | undefined {
  const found = /\r\ncontent-length: (\d+)/i.exec(head);
  if (found) return Number(found[1]);
  return head.startsWith('HTTP/1.1 204') ? 0 : undefined;
}

/**
 * One request over kept connections, with as little work of the buyer's own as possible: it shares the machine with what
 * is measured. Every answer here has a length; the headers of answers are not read.
 */
export function exchange(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<Answer> {
  const to = new URL(url);
  let text = `${method} ${to.pathname}${to.search} HTTP/1.1\r\nhost: ${to.host}\r\n`;
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  text += body === undefined ? '\r\n' : `content-length: ${Buffer.byteLength(body)}${END_OF_HEAD}${body}`;
  return (idleOf(to.host).pop() ?? new Line(to)).send(text);
}

/** The clients' transport over {@link exchange}. */
export const leanTransport = (): Transport => (one) =>
  exchange(one.method, one.url, one.headers, one.body as string | undefined);
