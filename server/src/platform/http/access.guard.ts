import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Audience, Route } from '@shuke/shared/contracts';
import type { Actor } from '../access/actor.js';
import type { Sessions } from '../access/sessions.js';
import { refuse } from '../errors/app-error.js';
import { ROUTE, type ShukeRequest } from './contract.decorator.js';

/**
 * Finds whoever is not a session: the brand of a guest by its mini-program, a point-of-sale system by its key. And says
 * whether the holder of a session is still who it says; it is asked for every request, so it answers from memory.
 */
export interface Directory {
  guest(appid: string | null): Promise<Actor>;
  pos(apiKey: string): Promise<Actor | null>;
  isStill(actor: Actor): Promise<boolean>;
}

const admits: Record<Audience, (actor: Actor) => boolean> = {
  public: () => true,
  consumer: (actor) => actor.kind === 'consumer',
  guide: (actor) => actor.kind === 'guide',
  hq: (actor) => actor.kind === 'hq',
  franchisee: (actor) => actor.kind === 'franchisee',
  console: (actor) => actor.kind === 'hq' || actor.kind === 'franchisee',
  pos: (actor) => actor.kind === 'pos',
};

const one = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function admit(request: ShukeRequest, route: Route, actor: Actor): true {
  request.actor = actor;
  if (!admits[route.audience](actor)) throw refuse(actor.kind === 'guest' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  if (route.managerOnly && actor.kind === 'guide' && !actor.isManager) throw refuse('FORBIDDEN');
  return true;
}

/** The coarse right: may this kind of actor call this route at all. Rows are the use case's business. */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    private readonly directory: Directory,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const route = Reflect.getMetadata(ROUTE, context.getHandler()) as Route | undefined;
    // Vendor callbacks, health and metrics are not operations of ours; each checks its caller itself.
    if (!route) return true;
    const request = context.switchToHttp().getRequest<ShukeRequest>();
    const known = this.knownActor(request, route.audience);
    if (known) return admit(request, route, known);
    return this.actorOf(request, route.audience).then((actor) => admit(request, route, actor));
  }

  /** Who is known from memory, which nearly everybody is: nothing has to be waited for then. */
  private knownActor(request: ShukeRequest, audience: Audience): Actor | null {
    if (audience === 'pos') return null;
    const bearer = one(request.headers['authorization']);
    if (!bearer?.startsWith('Bearer ')) return null;
    try {
      const session = this.sessions.openKnown(bearer.slice(7));
      // Where a guide works now is looked up; nobody else's session depends on anything but itself.
      if (!session || session.actor.kind === 'guide') return null;
      request.sessionId = session.sessionId;
      return session.actor;
    } catch (error) {
      if (audience !== 'public') throw error;
      return null;
    }
  }

  private async actorOf(request: ShukeRequest, audience: Audience): Promise<Actor> {
    if (audience === 'pos') {
      const found = await this.directory.pos(one(request.headers['x-api-key']) ?? '');
      if (!found) throw refuse('UNAUTHENTICATED');
      return found;
    }
    const bearer = one(request.headers['authorization']);
    if (bearer?.startsWith('Bearer ')) {
      try {
        const { actor, sessionId } = await this.sessions.open(bearer.slice(7));
        if (!(await this.directory.isStill(actor))) throw refuse('UNAUTHENTICATED');
        request.sessionId = sessionId;
        return actor;
      } catch (error) {
        // A stale token must not keep anybody from browsing or from logging in again.
        if (audience !== 'public') throw error;
      }
    }
    return this.directory.guest(one(request.headers['x-app-id']));
  }
}
