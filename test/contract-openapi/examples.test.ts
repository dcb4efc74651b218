/**
 * Every request that Microsoft's pages document is played on a seeded server, and the answer has the documented status
 * and every documented property. Skipped, with a notice, where the pages' examples are not at hand.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { openScene } from './example-world.ts';
import { loadExamples, missing } from './examples.ts';
import { replay, type Staging } from './replay.ts';
import { notReplayed, stagings } from './stagings.ts';

const examples = loadExamples();
if (examples.length === 0)
  console.info('NOTICE: the examples of the documents are not at hand: none is replayed.');

describe.skipIf(examples.length === 0)('the documented request', () => {
  const played: string[] = [];
  afterAll(() => {
    console.info(`${played.length} of ${examples.length} documented requests are answered as documented`);
  });

  for (const example of examples) {
    const staging: Staging = stagings[`${example.name} ${example.status}`] ?? stagings[example.name] ?? {};
    it.skipIf(
      notReplayed[`${example.name} ${example.status}`] !== undefined ||
        notReplayed[example.name] !== undefined,
    )(`${example.title} is answered as documented`, async () => {
      const scene = await openScene(staging.kind ?? 'business');
      const answer = await replay(scene, example, staging);
      expect(answer.status, answer.text.slice(0, 500)).toBe(staging.status?.[0] ?? example.status);
      const json = typeof example.answer === 'object' && example.answer !== null;
      const lacking = json ? missing(example.answer, answer.json) : [];
      expect(lacking.filter((one) => staging.lacks?.[one] === undefined).join('\n')).toBe('');
      played.push(example.title);
      await scene.onedrive.close();
    });
  }
});
