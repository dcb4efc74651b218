import { describe, expect, it } from 'vitest';
import { type HintStep, hintSentences, libraryHint } from './hint.ts';
import { OneDriveError } from './onedrive-error.ts';

const steps: readonly HintStep[] = [
  { step: 'sign-in' },
  { step: 'sign-in', using: 'device-code', account: true },
  { step: 'name', conflict: ['replace', 'rename'] },
  { step: 'option', option: 'links', value: 'follow', to: 'upload its target' },
  { step: 'option', option: 'size', value: undefined, to: 'upload it through a temporary file' },
  { step: 'operation', operation: 'getTree', to: 'download a folder' },
  { step: 'operation', operation: 'createFolders', to: 'use it' },
];

describe('a hint in the library', () => {
  it.each(steps)('is a sentence without commands and flags: %j', (step) => {
    const text = libraryHint([step]);
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).not.toMatch(/onedrive-cli|--\w|(^| )-\w\b/);
  });

  it('joins its sentences', () => {
    const error = new OneDriveError('conflict', 'Taken.', {
      hint: ['Wait.', { step: 'option', option: 'existing', value: 'rename', to: 'keep both' }],
    });
    expect(error.hint).toBe('Wait. Set existing to "rename" to keep both.');
    expect(error.toJSON()).toMatchObject({ hint: error.hint });
    expect(error.hintSentences).toHaveLength(2);
  });

  it('is undefined without sentences', () => {
    expect(new OneDriveError('usage', 'Wrong.').hint).toBeUndefined();
    expect(hintSentences('Do this.')).toEqual(['Do this.']);
  });
});
