/** The parts of a running server that a developer controls, and the handler decorated with them. */
import type { Clock } from 'onedrive-kit/platform';
import { withCommonHeaders } from '../../core/common-headers.ts';
import type { Handler } from '../../core/http.ts';
import type { World } from '../../core/world.ts';
import type { FaultPlan } from '../faults/fault.ts';
import { type FaultBoard, faultBoard, withFaults } from '../faults/with-faults.ts';
import { type RequestLog, requestLog } from '../request-log/request-log.ts';
import type { BudgetRules } from '../throttle/budget.ts';
import { type AdjustableClock, adjustableClock } from './adjustable-clock.ts';
import { applicationOf } from './application-of.ts';
import { serverFaultActions } from './fault-actions.ts';
import { type ThrottleBoard, withLog, withThrottle } from './with-log-and-throttle.ts';

/** The switches of a running server: its clock, its faults, its throttle and its request log. */
export interface Control {
  readonly clock: AdjustableClock;
  readonly faults: FaultBoard;
  readonly throttle: ThrottleBoard;
  readonly requests: RequestLog;
}

export interface ControlOptions {
  readonly faults?: FaultPlan;
  /** Resource units that an application or all of them may spend per window; several windows apply together. Default: no limit. */
  readonly throttle?: BudgetRules | readonly BudgetRules[];
  /**
   * Accept any host name in the control API, for a handler inside your own server that checks host names itself.
   * Default: loopback names only. `startOneDrive` checks names against `allowHosts`.
   */
  readonly controlFromAnywhere?: boolean;
}

export function createControl(inner: Clock, options: ControlOptions): Control {
  return {
    clock: adjustableClock(inner),
    faults: faultBoard(options.faults),
    throttle: { rules: options.throttle, spent: new Map() },
    requests: requestLog(),
  };
}

/** The control API and its page, which must work while faults are injected everywhere else. */
const controlPaths = /^\/_(?:control|page)\//;

/** `core` with logging, throttling and faults, except for the control API and its page. */
export function controlled(core: Handler, control: Control, world: World): Handler {
  const { clock, faults, throttle, requests } = control;
  const faultActions = serverFaultActions(world);
  const faulty = withFaults(faultActions.guard(core), faults, clock, faultActions);
  const throttled = withThrottle(faulty, throttle, clock, applicationOf(world));
  const observed = withLog(withCommonHeaders(throttled, world), requests, clock, (request) =>
    faults.struck(request),
  );
  return (request) => (controlPaths.test(request.url.pathname) ? core(request) : observed(request));
}
