import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceUpload,
  maxSessions,
  resumeUpload,
  startUpload,
  type UploadEvent,
  type UploadState,
} from './upload-state.ts';

const total = 100;
const opened = () => advanceUpload(startUpload(total, 30), { kind: 'opened' });
const after = (state: UploadState, ...events: UploadEvent[]) => events.reduce(advanceUpload, state);
const expects = (...ranges: string[]): UploadEvent => ({ kind: 'expects', ranges });
const refused = (status: number, code: Extract<UploadEvent, { kind: 'refused' }>['code']): UploadEvent => ({
  kind: 'refused',
  status,
  code,
});

describe('an upload session', () => {
  it('sends fragment after fragment until the item exists', () => {
    const third = after(opened(), expects('30-'), expects('60-'), expects('90-'));
    expect(third.step).toEqual({ kind: 'send', start: 90, end: 100, wait: 0 });
    expect(advanceUpload(third, { kind: 'item' }).step).toEqual({ kind: 'done' });
  });

  it('sends the bytes that the service still expects, not those that it has', () => {
    expect(after(opened(), expects('17-')).step).toMatchObject({ start: 17, end: 47 });
    expect(after(opened(), expects('60-79', '90-')).step).toMatchObject({ start: 60, end: 80 });
  });

  it('continues after the fragment if the response lists no ranges', () => {
    expect(advanceUpload(opened(), { kind: 'expects', ranges: undefined }).step).toMatchObject({
      start: 30,
      end: 60,
    });
  });

  it('is queried again if the response to a query lists no ranges', () => {
    const queried = after(resumeUpload(total, 30, 30), { kind: 'expects', ranges: undefined });
    expect(queried.step.kind).toBe('query');
    expect(advanceUpload(queried, expects('60-')).step).toMatchObject({ start: 60 });
  });

  it.each([
    [{ kind: 'lost' } as const],
    [refused(416, 'range')],
    [refused(503, 'throttled')],
    [refused(500, 'service')],
  ])('is queried after %j', (event) => {
    expect(advanceUpload(opened(), event).step.kind).toBe('query');
  });

  it.each([404, 410])('that is gone (%i) is replaced by a new one, from the first byte', (status) => {
    const gone = after(opened(), expects('30-'), refused(status, 'not-found'));
    expect(gone.step.kind).toBe('query');
    const state = after(gone, refused(status, 'not-found'));
    expect(state.step.kind).toBe('open');
    expect(advanceUpload(state, { kind: 'opened' }).step).toMatchObject({ kind: 'send', start: 0 });
  });

  it('that is gone after the last byte was sent may received succeeded: the item is checked', () => {
    const lost = after(opened(), expects('90-'), { kind: 'lost' }, refused(404, 'not-found'));
    expect(lost.step.kind).toBe('check');
    expect(advanceUpload(lost, { kind: 'item' }).step.kind).toBe('done');
    expect(advanceUpload(lost, { kind: 'absent' }).step.kind).toBe('open');
  });

  it.each([
    [409, 'conflict'],
    [412, 'precondition'],
    [423, 'locked'],
    [507, 'quota'],
    [400, 'invalid-request'],
  ] as const)('fails after %i %s', (status, code) => {
    expect(advanceUpload(opened(), refused(status, code)).step).toEqual({ kind: 'fail', reason: 'refused' });
  });

  it('is replaced by a new one if its URL has expired (403), but not if it never accepted a byte', () => {
    const denied = refused(403, 'access-denied');
    expect(after(opened(), denied).step.kind).toBe('query');
    expect(after(opened(), denied, denied).step.kind).toBe('fail');
    expect(after(opened(), expects('30-'), denied, denied).step.kind).toBe('open');
  });

  it('of an earlier process is queried; if it is gone, the item is checked before a new session is created', () => {
    const resumed = resumeUpload(total, 30, 60);
    expect(resumed.step.kind).toBe('query');
    expect(advanceUpload(resumed, expects('60-')).step).toMatchObject({ kind: 'send', start: 60 });
    for (const refusal of [
      refused(404, 'not-found'),
      refused(403, 'access-denied'),
      refused(409, 'conflict'),
    ]) {
      const checking = advanceUpload(resumed, refusal);
      expect(checking.step.kind).toBe('check');
      expect(advanceUpload(checking, { kind: 'absent' }).step.kind).toBe('open');
    }
  });

  it('fails at once if it cannot be created', () => {
    expect(advanceUpload(startUpload(total, 30), refused(409, 'conflict')).step.kind).toBe('fail');
    expect(advanceUpload(startUpload(total, 30), { kind: 'lost' }).step.kind).toBe('fail');
  });

  it('continues from a serialized state', () => {
    const state = after(opened(), expects('30-'), { kind: 'lost' });
    const copy = JSON.parse(JSON.stringify(state)) as UploadState;
    expect(after(copy, expects('40-'))).toEqual(after(state, expects('40-')));
  });
});

const anyEvent: fc.Arbitrary<UploadEvent> = fc.oneof(
  fc.constant<UploadEvent>({ kind: 'opened' }),
  fc.constant<UploadEvent>({ kind: 'lost' }),
  fc.constant<UploadEvent>({ kind: 'absent' }),
  fc.array(fc.nat({ max: 120 })).map((starts): UploadEvent => expects(...starts.map((at) => `${at}-`))),
  fc.constantFrom<UploadEvent>(
    refused(404, 'not-found'),
    refused(416, 'range'),
    refused(403, 'access-denied'),
    refused(500, 'service'),
  ),
);

it('no sequence of responses makes it send outside the content, more than a fragment, or forever', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 200 }), (events) => {
      let state = opened();
      for (const event of events) {
        if (event.kind === 'opened' && state.step.kind !== 'open') continue;
        state = advanceUpload(state, event);
        if (state.step.kind === 'fail') break;
        if (state.step.kind === 'send') {
          const { start, end } = state.step;
          expect(0 <= start && start < end && end <= total && end - start <= 30).toBe(true);
        }
        expect(state.sessions).toBeLessThanOrEqual(maxSessions);
      }
      expect(state.step.kind).not.toBe('done');
    }),
  );
});

/** A service that accepts bytes, loses responses and drops sessions, depending on a seed. */
function service(faults: readonly number[]) {
  let received = 0;
  let isOpen = false;
  let done = false;
  let index = 0;
  const sent: number[] = [];
  const expectation = (): UploadEvent => expects(`${received}-`);
  const respond = (step: UploadState['step']): UploadEvent => {
    const fault = faults[index++ % Math.max(1, faults.length)] ?? 0;
    if (index > faults.length) return respondCorrectly(step);
    if (fault === 1) return { kind: 'lost' };
    if (fault === 2) {
      respondCorrectly(step);
      return step.kind === 'open' ? { kind: 'opened' } : { kind: 'lost' };
    }
    if (fault === 3 && step.kind === 'send') {
      received = Math.max(received, Math.min(step.end - 1, step.start + 7));
      return { kind: 'lost' };
    }
    if (fault === 4 && step.kind !== 'open') isOpen = false;
    return respondCorrectly(step);
  };
  const respondCorrectly = (step: UploadState['step']): UploadEvent => {
    if (step.kind === 'open') {
      isOpen = true;
      received = 0;
      return { kind: 'opened' };
    }
    if (step.kind === 'check') return done ? { kind: 'item' } : { kind: 'absent' };
    if (!isOpen) return refused(404, 'not-found');
    if (step.kind === 'query') return expectation();
    if (step.kind !== 'send') throw new Error(step.kind);
    sent.push(step.start);
    if (step.start !== received) return refused(416, 'range');
    received = step.end;
    if (received < total) return expectation();
    done = true;
    isOpen = false;
    return { kind: 'item' };
  };
  return { respond, isDone: () => done };
}

it('with any faults of the service an upload ends, with the item or with an error, and never reports an item that does not exist', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { maxLength: 40 }), (faults) => {
      const { respond, isDone } = service(faults);
      let state = startUpload(total, 30);
      for (let steps = 0; state.step.kind !== 'done' && state.step.kind !== 'fail'; steps++) {
        expect(steps).toBeLessThan(500);
        state = advanceUpload(state, respond(state.step));
      }
      if (state.step.kind === 'done') expect(isDone()).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('without faults no step is repeated', () => {
  const { respond } = service([]);
  let state = startUpload(total, 30);
  const steps: string[] = [];
  while (state.step.kind !== 'done') {
    steps.push(state.step.kind);
    state = advanceUpload(state, respond(state.step));
  }
  expect(steps).toEqual(['open', 'send', 'send', 'send', 'send']);
});
