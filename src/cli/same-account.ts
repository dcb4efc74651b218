/**
 * A command line that a message names is meant to be typed as it stands: it has to be about the same account. So it
 * repeats the flags that chose the configuration file and the profile.
 */

/** What the command line says about whose account it is. */
export interface AccountChoice {
  readonly config: string | undefined;
  readonly profile: string | undefined;
}

/** `text` with the choice in each `onedrive-cli …` of it that makes none of its own. */
export function aboutSameAccount(text: string, { config, profile }: AccountChoice): string {
  if (config === undefined && profile === undefined) return text;
  return text.replace(/\bonedrive-cli ((?=[a-z])[^\n`]*)/g, (_, rest: string) => {
    const flags = [
      ...(config === undefined || /(^| )(-c|--config)\b/.test(rest) ? [] : ['-c', quoted(config)]),
      ...(profile === undefined || /(^| )--profile\b/.test(rest) ? [] : ['--profile', quoted(profile)]),
    ];
    return ['onedrive-cli', ...flags, rest].join(' ');
  });
}

/** The choice in words that nobody has parsed yet. */
export function accountChoiceOf(words: readonly string[]): AccountChoice {
  const end = words.indexOf('--');
  const options = end === -1 ? words : words.slice(0, end);
  const valueOf = (name: RegExp): string | undefined => {
    const at = options.findLastIndex((word) => name.test(word.split('=', 1)[0] ?? ''));
    if (at < 0) return undefined;
    const [, value] = /=(.*)/s.exec(options[at] ?? '') ?? [];
    return value ?? options[at + 1];
  };
  return { config: valueOf(/^(-c|--config)$/), profile: valueOf(/^--profile$/) };
}

function quoted(word: string): string {
  return /^[\w./:@~+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
