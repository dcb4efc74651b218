import fc from 'fast-check';
import type { TransferEvent } from 'onedrive-kit/drive';
import { describe, expect, it } from 'vitest';
import { severalEvents, type TransferSource } from './several.ts';

const planned = (path: string): TransferEvent => ({ type: 'planned', path, size: 1 });
const source = (label: string, events: readonly TransferEvent[], name = ''): TransferSource => ({
  ...{ label, name, isFolder: name !== '' },
  async *open() {
    yield* events;
  },
});

async function run(
  sources: readonly TransferSource[],
  { transfers = 2, signal = new AbortController().signal } = {},
) {
  const events: TransferEvent[] = [];
  for await (const event of severalEvents(sources, { clock: { now: () => 0 }, signal, transfers }))
    events.push(event);
  return events;
}

describe('a transfer of several sources', () => {
  it('has the events of every source, each in its order, and one summary at the end', async () => {
    const lists = fc.array(fc.array(fc.nat({ max: 9 }), { maxLength: 4 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 9 }), async (all, transfers) => {
        const events = await run(
          all.map((numbers, at) =>
            source(
              `${at}`,
              numbers.map((number) => planned(`${at}:${number}`)),
            ),
          ),
          { transfers },
        );
        const paths = events.flatMap((event) => ('path' in event ? [event.path] : []));
        for (const [at, numbers] of all.entries())
          expect(paths.filter((path) => path.startsWith(`${at}:`))).toEqual(numbers.map((n) => `${at}:${n}`));
        expect(paths).toHaveLength(all.flat().length);
        expect(events.filter(({ type }) => type === 'summary')).toHaveLength(1);
        expect(events.at(-1)?.type).toBe('summary');
      }),
    );
  });

  it('goes on after a source that fails', async () => {
    const failing: TransferSource = { label: 'bad', name: '', open: () => Promise.reject(new Error('no')) };
    const events = await run([failing, source('good', [planned('a')])]);
    expect(events).toContainEqual({ type: 'failed', path: 'bad', error: new Error('no') });
    expect(events).toContainEqual(planned('a'));
    expect(events.at(-1)).toMatchObject({ failed: 1 });
  });

  it('puts the name of a folder in front of the paths in it', async () => {
    const events = await run([source('x/dir', [planned('a'), { type: 'folder', path: '' }], 'dir')]);
    expect(events.slice(0, 2)).toEqual([planned('dir/a'), { type: 'folder', path: 'dir' }]);
  });

  it('has only the first of several sources with one name, whatever its case', async () => {
    const events = await run([source('a/X', [planned('1')], 'X'), source('b/x', [planned('2')], 'x')]);
    expect(events).toContainEqual(planned('X/1'));
    expect(events.find(({ type }) => type === 'failed')).toMatchObject({
      type: 'failed',
      path: 'b/x',
      error: { code: 'conflict' },
    });
  });

  it('never runs more sources than it may', async () => {
    let [running, most] = [0, 0];
    const counting: TransferSource = {
      ...{ label: '', name: '' },
      async *open() {
        most = Math.max(most, ++running);
        yield planned('a');
        running -= 1;
      },
    };
    await run(
      Array.from({ length: 9 }, () => counting),
      { transfers: 3 },
    );
    expect(most).toBe(3);
  });

  it('throws the reason when it is aborted', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    await expect(run([source('a', [planned('a')])], { signal: controller.signal })).rejects.toThrow('stop');
  });
});
