import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideTarget, namesFolder, splitTarget, type TargetFacts } from './target-rule.ts';

const facts = fc.record({
  slash: fc.boolean(),
  kind: fc.constantFrom<TargetFacts['kind'][]>('folder', 'file', 'missing'),
  sources: fc.integer({ min: 1, max: 5 }),
  mayBeSource: fc.boolean(),
});

describe('the target of a transfer', () => {
  it.each([
    [
      'an existing folder receives one source',
      { slash: false, kind: 'folder', sources: 1 },
      { kind: 'folder', create: false },
    ],
    [
      'an existing folder receives several',
      { slash: false, kind: 'folder', sources: 3 },
      { kind: 'folder', create: false },
    ],
    [
      'an existing folder is never ambiguous',
      { slash: false, kind: 'folder', sources: 1, mayBeSource: true },
      { kind: 'folder', create: false },
    ],
    [
      'a slash makes a missing folder',
      { slash: true, kind: 'missing', sources: 1 },
      { kind: 'folder', create: true },
    ],
    [
      'a slash makes it for several, too',
      { slash: true, kind: 'missing', sources: 2 },
      { kind: 'folder', create: true },
    ],
    [
      'a slash after a file is refused',
      { slash: true, kind: 'file', sources: 1 },
      { kind: 'refused', reason: 'not-a-folder' },
    ],
    ['a missing name is the new name', { slash: false, kind: 'missing', sources: 1 }, { kind: 'name' }],
    ['a file is the new name', { slash: false, kind: 'file', sources: 1 }, { kind: 'name' }],
    [
      'several sources need a folder, not a name',
      { slash: false, kind: 'missing', sources: 2 },
      { kind: 'refused', reason: 'no-folder' },
    ],
    [
      'several sources need a folder, not a file',
      { slash: false, kind: 'file', sources: 2 },
      { kind: 'refused', reason: 'not-a-folder' },
    ],
    [
      'a file is not ambiguous, because it is not a folder',
      { slash: false, kind: 'file', sources: 1, mayBeSource: true },
      { kind: 'refused', reason: 'not-a-folder' },
    ],
    [
      'a possible source is refused',
      { slash: false, kind: 'missing', sources: 1, mayBeSource: true },
      { kind: 'refused', reason: 'ambiguous' },
    ],
    [
      'a slash makes clear that it is not a source',
      { slash: true, kind: 'missing', sources: 1, mayBeSource: true },
      { kind: 'folder', create: true },
    ],
  ] as const)('%s', (_, given, decision) => {
    expect(decideTarget(given)).toEqual(decision);
  });

  it('is a name only for one source, without a slash, where no folder is', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const isName = decideTarget(given).kind === 'name';
        const mayBe = given.sources === 1 && !given.slash && given.kind !== 'folder' && !given.mayBeSource;
        expect(isName).toBe(mayBe);
      }),
    );
  });

  it('is created only where nothing is, and only with a slash', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const decision = decideTarget(given);
        if (decision.kind !== 'folder' || !decision.create) return;
        expect(given.kind).toBe('missing');
        expect(given.slash).toBe(true);
      }),
    );
  });

  it('is the last of several arguments', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const { sources, target } = splitTarget(words);
        expect([...sources, ...(target === undefined ? [] : [target])]).toEqual(words);
        expect(target === undefined).toBe(words.length < 2);
      }),
    );
  });
});

it('a path with a slash or dots at its end can only name a folder', () => {
  expect(['a/', '/', '.', '..', 'a/.', 'a/..', '', 'a\\'].every(namesFolder)).toBe(true);
  expect(['a', 'a.', '/a', '.a', 'a/...', 'a..'].some(namesFolder)).toBe(false);
});
