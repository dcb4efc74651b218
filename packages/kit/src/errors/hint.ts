/**
 * Hints as values: what to do about an error, worded by the program that reports it. The library speaks of options and
 * functions, the command line of flags and commands.
 */

/** One sentence of a hint: fixed text, or a step that each program words for its users. */
export type HintSentence = string | HintStep;

/** Something that the user can do in the program. */
export type HintStep = SignInStep | NameStep | OptionStep | OperationStep | CommandStep;

/** Sign in again. */
export interface SignInStep {
  readonly step: 'sign-in';
  /** How to sign in. Default: as configured. */
  readonly using?: 'browser' | 'device-code' | 'pasted-address' | undefined;
  /** True if there was no earlier sign-in. Default: false. */
  readonly first?: boolean | undefined;
  /** True if the account must be named. */
  readonly account?: boolean | undefined;
}

/** Use another name, or one of the given conflict behaviors. */
export interface NameStep {
  readonly step: 'name';
  readonly conflict: readonly ('replace' | 'rename')[];
}

/** Set or omit an option of the call that failed. */
export interface OptionStep {
  readonly step: 'option';
  readonly option: 'existing' | 'links' | 'mapNames' | 'nameEncoding' | 'size' | 'readOnly';
  /** Its value; undefined to omit the option. */
  readonly value: string | boolean | undefined;
  /** The effect, as an infinitive without `to`: `upload the targets of links`. */
  readonly to: string;
}

/** Use another function of the library, or the command that stands for it. */
export interface OperationStep {
  readonly step: 'operation';
  readonly operation:
    | 'getTree'
    | 'putTree'
    | 'createFolders'
    | 'searchSites'
    | 'createProfile'
    | 'restart'
    | 'register';
  /** The effect, as an infinitive without `to`: `download a folder`. */
  readonly to: string;
  /** What it is used on, such as the name of a site or of a profile. */
  readonly object?: string | undefined;
}

/** Run a command of the program that reports the error. The library itself emits no such step. */
export interface CommandStep {
  readonly step: 'command';
  /** The words after the name of the program: `jobs resume`. */
  readonly command: string;
  /** The effect, as an infinitive without `to`. */
  readonly to: string;
}

/** A step to sign in again. */
export const signInAgain: SignInStep = { step: 'sign-in' };

/** The sentences of a hint. */
export function hintSentences(hint: string | HintStep | readonly HintSentence[]): readonly HintSentence[] {
  return typeof hint === 'string' || 'step' in hint ? [hint] : hint;
}

/** The hint for a developer who uses the library. */
export function libraryHint(sentences: readonly HintSentence[]): string {
  return sentences
    .map((sentence) => (typeof sentence === 'string' ? sentence : libraryText(sentence)))
    .join(' ');
}

function libraryText(step: HintStep): string {
  switch (step.step) {
    case 'sign-in':
      return signInText(step);
    case 'name':
      return `Use another name, or set the conflict behavior to ${step.conflict.join(' or ')}.`;
    case 'option':
      return step.value === undefined
        ? `Omit the option ${step.option} to ${step.to}.`
        : `Set ${step.option} to ${JSON.stringify(step.value)} to ${step.to}.`;
    case 'operation':
      return operationText(step);
    case 'command':
      return `Run ${step.command} to ${step.to}.`;
  }
}

function signInText({ using, first = false, account = false }: SignInStep): string {
  const methods = {
    browser: ' with a browser',
    'device-code': ' with a device code',
    'pasted-address': ' and pass the address of the last page',
  };
  return `Sign in${first ? '' : ' again'}${account ? ' with the address of the account' : ''}${using === undefined ? '' : methods[using]}.`;
}

function operationText({ operation, to, object }: OperationStep): string {
  switch (operation) {
    case 'createFolders':
      return `Create it first, with its parents, to ${to}.`;
    case 'searchSites':
      return `Search for sites to ${to}.`;
    case 'createProfile':
      return `Add the profile ${object ?? ''} to the configuration to ${to}.`;
    case 'register':
      return `Register an application and set its id as \`client.id\` to ${to}.`;
    case 'restart':
      return `Start again to ${to}.`;
    default:
      return `Use ${operation} to ${to}.`;
  }
}
