import { describe, expect, it } from 'vitest';
import { aboutSameAccount, accountChoiceOf } from './same-account.ts';

describe('a command line in a message', () => {
  const told = 'Run `onedrive-cli auth` to sign in again.';

  it('is as it is where nothing was chosen', () => {
    expect(aboutSameAccount(told, { config: undefined, profile: undefined })).toBe(told);
  });

  it('repeats the flags that chose the account, ready to be typed', () => {
    expect(aboutSameAccount(told, { config: '/home/me/my files/c.yaml', profile: 'work' })).toBe(
      "Run `onedrive-cli -c '/home/me/my files/c.yaml' --profile work auth` to sign in again.",
    );
    expect(
      aboutSameAccount('Run: onedrive-cli auth\nOr: onedrive-cli ls', { config: 'c', profile: undefined }),
    ).toBe('Run: onedrive-cli -c c auth\nOr: onedrive-cli -c c ls');
  });

  it('stays about the embedded drive, which has no sign-in', () => {
    const choice = { config: undefined, profile: undefined, local: true, data: 'my drive' };
    expect(aboutSameAccount('Run: onedrive-cli jobs resume', choice)).toBe(
      "Run: onedrive-cli --local --data 'my drive' jobs resume",
    );
    expect(aboutSameAccount(told, choice)).toBe(told);
    expect(aboutSameAccount('onedrive-cli --local ls', choice)).toBe('onedrive-cli --local ls');
  });

  it('keeps an explicit choice, and a name that is not a command', () => {
    const own = '`onedrive-cli auth --profile other` makes it.';
    expect(aboutSameAccount(own, { config: undefined, profile: 'work' })).toBe(own);
    expect(aboutSameAccount('onedrive-cli: No.', { config: 'c', profile: 'p' })).toBe('onedrive-cli: No.');
  });
});

describe('the choice in a command line', () => {
  it.each([
    [['--profile', 'work', 'ls'], { config: undefined, profile: 'work' }],
    [['ls', '--profile=work', '-c', 'a.yaml'], { config: 'a.yaml', profile: 'work' }],
    [['--config=a=b.yaml', 'ls'], { config: 'a=b.yaml', profile: undefined }],
    [['ls', '--', '--profile', 'no'], { config: undefined, profile: undefined }],
    [['ls', '--profile'], { config: undefined, profile: undefined }],
  ])('%j', (words, choice) => {
    expect(accountChoiceOf(words)).toEqual(choice);
  });
});
