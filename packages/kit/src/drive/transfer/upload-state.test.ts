import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceUpload,
  mostSessions,
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
  it('sends fragment after fragment until the item is there', () => {
    const third = after(opened(), expects('30-'), expects('60-'), expects('90-'));
    expect(third.step).toEqual({ kind: 'send', start: 90, end: 100, wait: 0 });
    expect(advanceUpload(third, { kind: 'item' }).step).toEqual({ kind: 'done' });
  });

  it('sends what the service still expects, and not what it has', () => {
    expect(after(opened(), expects('17-')).step).toMatchObject({ start: 17, end: 47 });
    expect(after(opened(), expects('60-79', '90-')).step).toMatchObject({ start: 60, end: 80 });
  });

  it('goes on behind the fragment when the answer lists no ranges', () => {
    expect(advanceUpload(opened(), { kind: 'expects', ranges: undefined }).step).toMatchObject({
      start: 30,
      end: 60,
    });
  });

  it('is asked again when it was asked and its answer lists no ranges', () => {
    const asked = after(resumeUpload(total, 30, 30), { kind: 'expects', ranges: undefined });
    expect(asked.step.kind).toBe('ask');
    expect(advanceUpload(asked, expects('60-')).step).toMatchObject({ start: 60 });
  });

  it.each([
    [{ kind: 'lost' } as const],
    [refused(416, 'range')],
    [refused(503, 'throttled')],
    [refused(500, 'service')],
  ])('asks the session after %j', (event) => {
    expect(advanceUpload(opened(), event).step.kind).toBe('ask');
  });

  it.each([404, 410])('a session that is gone (%i) is started anew from the first byte', (status) => {
    const slip = after(opened(), expects('30-'), refused(status, 'not-found'));
    expect(slip.step.kind).toBe('ask');
    const state = after(slip, refused(status, 'not-found'));
    expect(state.step.kind).toBe('open');
    expect(advanceUpload(state, { kind: 'opened' }).step).toMatchObject({ kind: 'send', start: 0 });
  });

  it('a session that is gone after the last byte was sent may have ended well: it looks', () => {
    const lost = after(opened(), expects('90-'), { kind: 'lost' }, refused(404, 'not-found'));
    expect(lost.step.kind).toBe('look');
    expect(advanceUpload(lost, { kind: 'item' }).step.kind).toBe('done');
    expect(advanceUpload(lost, { kind: 'absent' }).step.kind).toBe('open');
  });

  it.each([
    [409, 'conflict'],
    [412, 'precondition'],
    [423, 'locked'],
    [507, 'quota'],
    [400, 'invalid-request'],
  ] as const)('%i %s ends it', (status, code) => {
    expect(advanceUpload(opened(), refused(status, code)).step).toEqual({ kind: 'fail', reason: 'refused' });
  });

  it('a URL that has run out (403) starts a new session, but not when nothing was ever taken', () => {
    const no = refused(403, 'access-denied');
    expect(after(opened(), no).step.kind).toBe('ask');
    expect(after(opened(), no, no).step.kind).toBe('fail');
    expect(after(opened(), expects('30-'), no, no).step.kind).toBe('open');
  });

  it('of an earlier process is asked, and where it is gone the item is looked at before a new one is opened', () => {
    const resumed = resumeUpload(total, 30, 60);
    expect(resumed.step.kind).toBe('ask');
    expect(advanceUpload(resumed, expects('60-')).step).toMatchObject({ kind: 'send', start: 60 });
    for (const refusal of [
      refused(404, 'not-found'),
      refused(403, 'access-denied'),
      refused(409, 'conflict'),
    ]) {
      const looking = advanceUpload(resumed, refusal);
      expect(looking.step.kind).toBe('look');
      expect(advanceUpload(looking, { kind: 'absent' }).step.kind).toBe('open');
    }
  });

  it('what cannot be opened fails at once', () => {
    expect(advanceUpload(startUpload(total, 30), refused(409, 'conflict')).step.kind).toBe('fail');
    expect(advanceUpload(startUpload(total, 30), { kind: 'lost' }).step.kind).toBe('fail');
  });

  it('survives being written down', () => {
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

it('no run of answers makes it send outside the content, more than a fragment, or for ever', () => {
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
        expect(state.sessions).toBeLessThanOrEqual(mostSessions);
      }
      expect(state.step.kind).not.toBe('done');
    }),
  );
});

/** A service that takes bytes, loses answers, drops sessions, as a seed says. */
function service(faults: readonly number[]) {
  let have = 0;
  let live = false;
  let done = false;
  let turn = 0;
  const sent: number[] = [];
  const expectation = (): UploadEvent => expects(`${have}-`);
  const answer = (step: UploadState['step']): UploadEvent => {
    const fault = faults[turn++ % Math.max(1, faults.length)] ?? 0;
    if (turn > faults.length) return honest(step);
    if (fault === 1) return { kind: 'lost' };
    if (fault === 2) {
      honest(step);
      return step.kind === 'open' ? { kind: 'opened' } : { kind: 'lost' };
    }
    if (fault === 3 && step.kind === 'send') {
      have = Math.max(have, Math.min(step.end - 1, step.start + 7));
      return { kind: 'lost' };
    }
    if (fault === 4 && step.kind !== 'open') live = false;
    return honest(step);
  };
  const honest = (step: UploadState['step']): UploadEvent => {
    if (step.kind === 'open') {
      live = true;
      have = 0;
      return { kind: 'opened' };
    }
    if (step.kind === 'look') return done ? { kind: 'item' } : { kind: 'absent' };
    if (!live) return refused(404, 'not-found');
    if (step.kind === 'ask') return expectation();
    if (step.kind !== 'send') throw new Error(step.kind);
    sent.push(step.start);
    if (step.start !== have) return refused(416, 'range');
    have = step.end;
    if (have < total) return expectation();
    done = true;
    live = false;
    return { kind: 'item' };
  };
  return { answer, isDone: () => done };
}

it('against a service with any faults it ends: with the item, or with an honest failure, and never claims what is not there', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { maxLength: 40 }), (faults) => {
      const { answer, isDone } = service(faults);
      let state = startUpload(total, 30);
      for (let steps = 0; state.step.kind !== 'done' && state.step.kind !== 'fail'; steps++) {
        expect(steps).toBeLessThan(500);
        state = advanceUpload(state, answer(state.step));
      }
      if (state.step.kind === 'done') expect(isDone()).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('a service without faults is never asked twice', () => {
  const { answer } = service([]);
  let state = startUpload(total, 30);
  const steps: string[] = [];
  while (state.step.kind !== 'done') {
    steps.push(state.step.kind);
    state = advanceUpload(state, answer(state.step));
  }
  expect(steps).toEqual(['open', 'send', 'send', 'send', 'send']);
});
