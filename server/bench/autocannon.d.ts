/** The part of autocannon that the bench uses; the package carries no types. */
declare module 'autocannon' {
  interface Client {
    setRequests(requests: { method: string; path: string; headers: Record<string, string>; body?: string }[]): void;
  }
  interface Options {
    url: string;
    connections: number;
    duration: number;
    setupClient(client: Client): void;
  }
  interface Result {
    non2xx: number;
    errors: number;
    statusCodeStats?: Record<string, unknown>;
  }
  interface Instance {
    on(event: 'response', listener: (client: Client, status: number, bytes: number, ms: number) => void): void;
  }
  export default function autocannon(options: Options, done: (error: Error | null, result: Result) => void): Instance;
}
