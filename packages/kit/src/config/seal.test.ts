import { expect, it } from 'vitest';
import { memoryKeyStore } from '../platform/memory/memory-key-store.ts';
import { seal, unseal } from './seal.ts';

it('an encrypted text can be decrypted under its own name only, even if another name has the same key', async () => {
  const keys = memoryKeyStore();
  const sealed = await seal(keys, 'profile one', 'refresh token');
  keys.secrets.set('profile two', keys.secrets.get('profile one') ?? '');
  expect(await unseal(keys, 'profile one', sealed)).toBe('refresh token');
  await expect(unseal(keys, 'profile two', sealed)).rejects.toMatchObject({ code: 'auth-required' });
});
