/** Words hints for users of the command line: steps become flags, and commands of the same account. */
import { type HintSentence, type HintStep, isOneDriveError } from 'onedrive-kit/errors';
import { type AccountChoice, commandLine, quoted } from '../same-account.ts';

/** The hint as text. @param choice the account options of the running command, which printed commands repeat. */
export function hintText(sentences: readonly HintSentence[], choice: Partial<AccountChoice> = {}): string {
  return sentences
    .map((sentence) => (typeof sentence === 'string' ? sentence : stepText(sentence, choice)))
    .join(' ');
}

/** One step as a sentence. */
export function stepText(step: HintStep, choice: Partial<AccountChoice> = {}): string {
  const run = (command: string) => `\`${commandLine(command, choice)}\``;
  switch (step.step) {
    case 'sign-in':
      return signInText(step, run);
    case 'name':
      return `Use another name, or ${step.conflict.map((way) => `--conflict ${way}`).join(' or ')}.`;
    case 'option':
      return optionText(step);
    case 'operation':
      return operationText(step, run);
    case 'command':
      return `Run ${run(step.command)} to ${step.to}.`;
  }
}

const orEmbedded = 'or add --local to use an embedded drive without an account';

type Run = (command: string) => string;

function signInText({ using, account, first }: Extract<HintStep, { step: 'sign-in' }>, run: Run): string {
  if (first) return `Run ${run('auth')} to sign in, ${orEmbedded}.`;
  const flags = {
    browser: '',
    'device-code': ' --device-code',
    'pasted-address': ' --no-browser',
  };
  const command = `auth${account ? ' --account ADDRESS' : ''}${using === undefined ? '' : flags[using]}`;
  const suffix = using === 'pasted-address' ? ' and paste the address of the last page' : '';
  return `Run ${run(command)} to sign in again${suffix}.`;
}

function optionText({ option, value, to }: Extract<HintStep, { step: 'option' }>): string {
  switch (option) {
    case 'existing':
      return value === 'rename' ? `Use --rename to ${to}.` : `Omit -n to ${to}.`;
    case 'links':
      return `Use --links ${String(value)} to ${to}.`;
    case 'mapNames':
      return `Use --map-names to ${to}.`;
    case 'nameEncoding':
      return `Use -e ${String(value)} to ${to}.`;
    case 'size':
      return `Omit --size to ${to}.`;
    case 'readOnly':
      return `Use another --profile, or remove read_only (ONEDRIVE_READ_ONLY, --read-only), to ${to}.`;
  }
}

function operationText(
  { operation, to, object = '' }: Extract<HintStep, { step: 'operation' }>,
  run: Run,
): string {
  switch (operation) {
    case 'getTree':
      return `Use get -r to ${to}.`;
    case 'putTree':
      return `Use put -r to ${to}.`;
    case 'createFolders':
      return `Run ${run(`mkdir -p ${quoted(object)}`)} to ${to}.`;
    case 'searchSites':
      return `Run ${run(`sites list ${quoted(object)}`)} to ${to}.`;
    case 'createProfile':
      return `Run ${run(`auth --profile ${object}`)} to ${to}.`;
    case 'register':
      return `Run ${run('auth')} to register an application and ${to}, ${orEmbedded}.`;
    case 'restart':
      return `Run the command again to ${to}.`;
  }
}

/** An error as a member of JSON output, with its hint in the words of the command line. */
export function errorJson(error: unknown): unknown {
  if (!isOneDriveError(error)) return { message: String(error) };
  const hint = hintText(error.hintSentences);
  return { ...error.toJSON(), ...(hint === '' ? {} : { hint }) };
}
