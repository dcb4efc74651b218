/** Everything that a developer can steer while the server runs, and the handler with all of it round it. */
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
import { serverHands } from './hands.ts';
import { type ThrottleBoard, withLog, withThrottle } from './observed.ts';

/** The switches of a running server: its clock, its faults, its throttle and its request log. */
export interface Control {
  readonly clock: AdjustableClock;
  readonly faults: FaultBoard;
  readonly throttle: ThrottleBoard;
  readonly requests: RequestLog;
}

export interface ControlOptions {
  readonly faults?: FaultPlan;
  /** Resource units that a client may spend per window. Default: no limit. */
  readonly throttle?: BudgetRules;
  /**
   * Let the control API answer to any host name, where the handler runs in a server of yours that judges the names
   * itself. Default: loopback names only. `startOneDrive` judges them by `allowHosts`.
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

/** The server's own instruments, which have to work while everything else is made to fail. */
const own = /^\/_(?:control|page)\//;

/** `core`, logged, throttled and faulty; the control API and the page that uses it are none of it. */
export function controlled(core: Handler, control: Control, world: World): Handler {
  const { clock, faults, throttle, requests } = control;
  const hands = serverHands(world);
  const faulty = withFaults(hands.guard(core), faults, clock, hands);
  const throttled = withThrottle(faulty, throttle, clock, applicationOf(world));
  const observed = withLog(withCommonHeaders(throttled, world), requests, clock, (request) =>
    faults.struck(request),
  );
  return (request) => (own.test(request.url.pathname) ? core(request) : observed(request));
}
