/**
 * Command lines in messages are meant to be pasted, so they must use the same account: this adds the flags that selected
 * the configuration file and the profile.
 */

/** The options of a command line that select the account or the embedded drive. */
export interface AccountChoice {
  readonly config: string | undefined;
  readonly profile: string | undefined;
  readonly local?: boolean | undefined;
  readonly data?: string | undefined;
}

/** Adds the options of `choice` to each `onedrive-cli …` in `text` that does not have them. */
export function aboutSameAccount(text: string, choice: AccountChoice): string {
  const { config, profile, local = false } = choice;
  if (config === undefined && profile === undefined && !local) return text;
  return text.replace(/\bonedrive-cli ((?=[a-z])[^\n`]*)/g, (_, command: string) =>
    commandLine(command, choice),
  );
}

/** A command line for the same account. @param command the words after the name of the program: `jobs resume`. */
export function commandLine(command: string, choice: Partial<AccountChoice>): string {
  const { config, profile, local = false, data } = choice;
  const flags = [
    ...(config === undefined || /(^| )(-c|--config)\b/.test(command) ? [] : ['-c', quoted(config)]),
    ...(profile === undefined || /(^| )--profile\b/.test(command) ? [] : ['--profile', quoted(profile)]),
  ];
  // The embedded drive has no sign-in, and help is the same for every drive.
  const embedded =
    !local || /^auth\b|--help\b/.test(command) || /(^| )--local\b/.test(command)
      ? []
      : ['--local', ...(data === undefined ? [] : ['--data', quoted(data)])];
  return ['onedrive-cli', ...flags, ...embedded, command].join(' ');
}

/** The choice in words that have not been parsed yet. */
export function accountChoiceOf(words: readonly string[]): AccountChoice {
  const end = words.indexOf('--');
  const options = end === -1 ? words : words.slice(0, end);
  const valueOf = (name: RegExp): string | undefined => {
    const at = options.findLastIndex((word) => name.test(word.split('=', 1)[0] ?? ''));
    if (at < 0) return undefined;
    const [, value] = /=(.*)/s.exec(options[at] ?? '') ?? [];
    return value ?? options[at + 1];
  };
  return {
    config: valueOf(/^(-c|--config)$/),
    profile: valueOf(/^--profile$/),
    local: options.includes('--local') || undefined,
    data: valueOf(/^--data$/),
  };
}

/** Quotes a word for a POSIX shell, if necessary. */
export function quoted(word: string): string {
  return /^[\w./:@~+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
