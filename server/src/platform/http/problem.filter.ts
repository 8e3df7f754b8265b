import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { AppError, refuse } from '../errors/app-error.js';
import { currentTrace, log } from '../observability/log.js';

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): void;
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  if (status === 404) return refuse('NOT_FOUND');
  if (status === 413) return refuse('TOO_LARGE');
  if (status !== undefined && status >= 400 && status < 500)
    return refuse('VALIDATION', { problem: (error as Error).message });
  return refuse('INTERNAL');
}

/** Every error leaves as {code, message, traceId}; what was not expected is logged whole and answered without detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const problem = asAppError(error);
    if (problem.status >= 500) log.error({ err: error }, 'request failed');
    const reply = host.switchToHttp().getResponse<Reply>();
    const body = { code: problem.code, message: problem.message, traceId: currentTrace(), detail: problem.detail };
    reply.status(problem.status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
  }
}
