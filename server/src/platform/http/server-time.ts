import type { FastifyInstance } from 'fastify';
import { type Clock, OffsetClock } from '../clock/clock.js';

/**
 * Has the `Date` header of every answer tell the server's own time where that time is moved for a demonstration, so that
 * front ends count down to deadlines by the clock that decides them. Without an offset Node's own header is right.
 */
export function tellServerTime(fastify: FastifyInstance, clock: Clock): void {
  if (!(clock instanceof OffsetClock)) return;
  let told = { second: Number.NaN, text: '' };
  fastify.addHook('onRequest', (_request, reply, done) => {
    const second = Math.floor(clock.now() / 1000);
    if (second !== told.second) told = { second, text: new Date(second * 1000).toUTCString() };
    void reply.header('date', told.text);
    done();
  });
}
