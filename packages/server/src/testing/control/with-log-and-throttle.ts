/** Decorates a handler: logs all requests, and throttles clients that exceed their budget of resource units. */
import type { Clock } from 'onedrive-kit/platform';
import type { Handler, ServerRequest, ServerResponse } from '../../core/http.ts';
import type { RequestLog } from '../request-log/request-log.ts';
import { type BudgetRules, type BudgetState, spend, worstOf } from '../throttle/budget.ts';
import { resourceUnits } from '../throttle/resource-units.ts';

/** The active budget, and how much of it each application has used. Undefined rules: no throttling. */
export interface ThrottleBoard {
  rules: BudgetRules | readonly BudgetRules[] | undefined;
  readonly spent: Map<string, BudgetState>;
}

/** The handler, throttled. Source of the body: https://learn.microsoft.com/graph/throttling */
export function withThrottle(
  handler: Handler,
  board: ThrottleBoard,
  clock: Clock,
  clientOf: (request: ServerRequest) => string,
): Handler {
  const throttled = async (
    request: ServerRequest,
    rules: readonly BudgetRules[],
  ): Promise<ServerResponse> => {
    const client = clientOf(request);
    const verdict = worstOf(
      rules.map((rule, at) => {
        const key = `${at} ${rule.scope === 'tenant' ? '' : client}`;
        const spending = spend(rule, board.spent.get(key), unitsOf(request), clock.now());
        board.spent.set(key, spending.state);
        return spending;
      }),
    );
    const response = verdict.throttled ? throttledResponse(clock.now()) : await handler(request);
    return { ...response, headers: { ...response.headers, ...verdict.headers } };
  };
  return (request) =>
    board.rules === undefined ? handler(request) : throttled(request, [board.rules].flat());
}

/** The handler with a log of all requests except those to the control API. `faults` returns the faults of a request. */
export function withLog(
  handler: Handler,
  log: RequestLog,
  clock: Clock,
  faults: (request: ServerRequest) => readonly string[],
): Handler {
  return async (request) => {
    if (request.url.pathname.startsWith('/_control/')) return handler(request);
    const time = clock.now();
    const logResponse = (response: ServerResponse | undefined) =>
      log.add({
        time,
        ms: clock.now() - time,
        method: request.method,
        url: request.url.href,
        status: response?.status,
        units: unitsOf(request),
        requestHeaders: request.headers,
        responseHeaders: response?.headers ?? {},
        faults: faults(request),
      });
    try {
      const answer = await handler(request);
      logResponse(answer);
      return answer;
    } catch (error) {
      logResponse(undefined);
      throw error;
    }
  };
}

function unitsOf(request: ServerRequest): number {
  return resourceUnits(request.method, request.url.pathname, request.url.search);
}

function throttledResponse(now: number): ServerResponse {
  const date = new Date(now).toISOString().slice(0, 19);
  const error = {
    code: 'activityLimitReached',
    message: 'The request has been throttled',
    innerError: { code: 'throttledRequest', innerError: { code: 'quota' }, date },
  };
  return { status: 429, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ error }) };
}
