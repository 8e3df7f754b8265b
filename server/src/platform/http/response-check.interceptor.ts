import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Route } from '@shuke/shared/contracts';
import { map, type Observable } from 'rxjs';
import { ROUTE } from './contract.decorator.js';
import { responseProblem } from './validation.js';

/** In tests every answer is held against its contract, so that clients and server cannot drift apart. */
export class ResponseCheckInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = Reflect.getMetadata(ROUTE, context.getHandler()) as Route | undefined;
    if (!route) return next.handle();
    return next.handle().pipe(
      map((answer) => {
        const problem = responseProblem(route, answer);
        if (problem) throw new Error(problem);
        return answer as unknown;
      }),
    );
  }
}
