import { expect, it } from 'vitest';
import { homeFolder } from './home-folder.ts';

const none = () => {
  throw new Error('no such user');
};

it('an empty or relative HOME does not mean the current folder', () => {
  expect(homeFolder({ named: () => '/home/me', listed: none })).toBe('/home/me');
  for (const named of ['', '.', 'me']) {
    expect(homeFolder({ named: () => named, listed: () => '/home/me' })).toBe('/home/me');
    expect(homeFolder({ named: () => named, listed: none })).toBe('/nonexistent');
  }
});
