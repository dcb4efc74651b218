/**
 * A budget of resource units per minute and application, and the RateLimit headers for a client that is near its limit.
 * Source: https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 * (headers from 80 % of the budget on; refused requests are counted too).
 */

export interface BudgetRules {
  /** Resource units per window. Microsoft's smallest tenants have 1,200 per minute. */
  readonly units: number;
  /** Milliseconds. */
  readonly window: number;
  /** Who shares the budget: the requests of one application, or of all applications. Default: application. */
  readonly scope?: 'application' | 'tenant';
}

/** Resource units that an application has used in the window that began at `start` (milliseconds since the epoch). */
export interface BudgetState {
  readonly start: number;
  readonly used: number;
}

export interface BudgetVerdict {
  readonly state: BudgetState;
  readonly throttled: boolean;
  /** RateLimit headers if the client is near its limit, Retry-After if the request is refused. */
  readonly headers: Readonly<Record<string, string>>;
}

const reportFrom = 0.8;

/** Adds `cost` units at time `now` (milliseconds since the epoch); returns whether to refuse the request, and its headers. */
export function spend(
  rules: BudgetRules,
  state: BudgetState | undefined,
  cost: number,
  now: number,
): BudgetVerdict {
  const current = state === undefined || now >= state.start + rules.window ? { start: now, used: 0 } : state;
  const used = current.used + cost;
  const reset = Math.max(1, Math.ceil((current.start + rules.window - now) / 1000));
  const throttled = cost > 0 && used > rules.units;
  return {
    state: { start: current.start, used },
    throttled,
    headers: {
      ...(used >= rules.units * reportFrom ? rateLimit(rules.units, used, reset) : {}),
      ...(throttled ? { 'Retry-After': String(reset) } : {}),
    },
  };
}

/**
 * The verdict on a request that several budgets apply to: it is refused if any of them refuses it, and has the headers of
 * the one that the client must wait for longest, or of the one with the least left.
 */
export function worstOf(verdicts: readonly BudgetVerdict[]): Pick<BudgetVerdict, 'throttled' | 'headers'> {
  const refused = verdicts.filter(({ throttled }) => throttled);
  const number = ({ headers }: BudgetVerdict, name: string): number => Number(headers[name] ?? Infinity);
  const [worst] =
    refused.length > 0
      ? [...refused].sort((one, other) => number(other, 'Retry-After') - number(one, 'Retry-After'))
      : verdicts
          .filter(({ headers }) => 'RateLimit-Remaining' in headers)
          .sort((one, other) => number(one, 'RateLimit-Remaining') - number(other, 'RateLimit-Remaining'));
  return { throttled: refused.length > 0, headers: worst?.headers ?? {} };
}

function rateLimit(limit: number, used: number, reset: number): Record<string, string> {
  return {
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(Math.max(0, limit - used)),
    'RateLimit-Reset': String(reset),
  };
}
