import { expect, test } from 'vitest';
import { hintText } from './hint-text.ts';

test('steps become commands of the same account', () => {
  const hint = ['The key store is locked.', { step: 'sign-in' }] as const;
  expect(hintText(hint, { config: undefined, profile: 'work' })).toBe(
    'The key store is locked. Run `onedrive-cli --profile work auth` to sign in again.',
  );
});

test('options become flags', () => {
  expect(
    hintText([
      { step: 'option', option: 'existing', value: 'rename', to: 'keep both' },
      { step: 'option', option: 'size', value: undefined, to: 'upload it through a temporary file' },
    ]),
  ).toBe('Use --rename to keep both. Omit --size to upload it through a temporary file.');
});
