import { expect, it } from 'vitest';
import { endOfTurn } from './end-of-turn.ts';

it('resolves all callers of one turn together, and later callers in a later turn', async () => {
  const order: string[] = [];
  const wait = (name: string) => endOfTurn().then(() => void order.push(name));
  const first = wait('first');
  const second = wait('second');
  expect(endOfTurn()).toBe(endOfTurn());
  const between = new Promise<void>((resolve) => setImmediate(resolve)).then(
    () => void order.push('between'),
  );
  await Promise.all([first, second, between]);
  await wait('later');
  expect(order).toEqual(['first', 'second', 'between', 'later']);
});
