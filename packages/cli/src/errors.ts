/** Reports a failure to the user: one message on stderr with what happened, the path, and what to do next. */

import { type HintSentence, isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { redactText } from 'onedrive-kit/http';
import { localError } from 'onedrive-kit/internal/drive/transfer/local-error';
import { exitCodeFor, exitCodes } from './definition/exit-codes.ts';
import { hintText } from './output/hint-text.ts';
import { printable } from './output/printable.ts';
import { durationText, timeText } from './output/time-text.ts';
import { type AccountChoice, aboutSameAccount } from './same-account.ts';

/** The signal's reason after Ctrl-C or SIGTERM. */
export class Interrupted extends Error {
  /** 130 for SIGINT, 143 for SIGTERM. */
  readonly exitCode: number;

  constructor(exitCode: number = exitCodes.interrupted) {
    super('Interrupted.');
    this.name = 'Interrupted';
    this.exitCode = exitCode;
  }
}

/** The reader of stdout has closed it, as `head` does: the command stops without a message. */
export class OutputClosed extends Error {
  constructor() {
    super('The output was closed.');
    this.name = 'OutputClosed';
  }
}

export interface Report {
  readonly exitCode: number;
  /** For stderr; '' for no message. */
  readonly text: string;
}

/** Options of {@link report}. */
export interface ReportFlags extends Partial<AccountChoice> {
  readonly json: boolean;
  readonly debug: boolean;
  /** Path of the failed object, if the command has several: a member of the JSON error. */
  readonly object?: string | undefined;
  /** Replaces the hint of the error: see acting/error-hints.ts. */
  readonly hint?: string | undefined;
  /** Milliseconds since the epoch: to print the time that the service asks to wait for as a time of day. */
  readonly now?: number | undefined;
}

/** The message and the exit code for any thrown value. */
export function report(thrown: unknown, flags: ReportFlags): Report {
  if (thrown instanceof OutputClosed) return { exitCode: exitCodes.ok, text: '' };
  const error = coded(thrown);
  const exitCode = error instanceof Interrupted ? error.exitCode : exitCodeFor(error.code);
  const { config, profile, local, data, object: path, now } = flags;
  const hint =
    error instanceof Interrupted
      ? flags.hint
      : (retryHint(error, now) ?? flags.hint ?? ownHint(error, flags));
  const body = flags.json
    ? asJson(error, { path, hint, exitCode })
    : aboutSameAccount(asText(error, hint), { config, profile, local, data });
  return { exitCode, text: flags.debug ? body + stack(thrown) : body };
}

const diagnose: HintSentence = { step: 'command', command: 'doctor', to: 'check the connection' };

/** The hint of the error, in the words of the command line. */
function ownHint({ code, hintSentences }: OneDriveError, choice: Partial<AccountChoice>): string | undefined {
  const sentences = code === 'network' ? [...hintSentences, diagnose] : hintSentences;
  return sentences.length === 0 ? undefined : hintText(sentences, choice);
}

function coded(thrown: unknown): OneDriveError | Interrupted {
  if (thrown instanceof Interrupted) return thrown;
  if (isOneDriveError(thrown)) return thrown;
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_INVALID_CHAR')
    return new OneDriveError(
      'config',
      'A token, or another setting that is sent as a header, contains a control character.',
      {
        cause: thrown,
        hint: 'Check ONEDRIVE_TOKEN and ONEDRIVE_USER_AGENT for line breaks and other control characters.',
      },
    );
  const system = systemError(thrown);
  if (isOneDriveError(system)) return system;
  // The text was not written for users: it may contain an address with a token.
  const what = redactText(thrown instanceof Error ? thrown.message : String(thrown));
  return new OneDriveError('internal', `Internal error: ${what}`, {
    cause: thrown,
    hint: 'This is a bug. Report it with the command, `onedrive-cli --version`, and the output of the same command with --debug (which contains no secrets).',
  });
}

/** A system error that no other code has handled. */
function systemError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const path = 'path' in thrown && typeof thrown.path === 'string' ? thrown.path : 'a local file';
  return localError(thrown, 'use', path);
}

/** The time to retry, if the service has sent it: better than general advice. */
function retryHint({ retryAfterMs: waitMs = 0 }: OneDriveError, now: number | undefined): string | undefined {
  if (now === undefined || waitMs < 2000) return undefined;
  return `Try again at ${timeText(now + waitMs, now)} (in ${durationText(waitMs)}); earlier requests are refused.`;
}

function asText(error: OneDriveError | Interrupted, hint: string | undefined): string {
  const lines = [`onedrive-cli: ${error.message}`, ...(hint ? [hint] : [])];
  return lines.flatMap((text) => text.split('\n').map((line) => `${printable(line)}\n`)).join('');
}

function asJson(
  error: OneDriveError | Interrupted,
  details: {
    readonly path: string | undefined;
    readonly hint: string | undefined;
    readonly exitCode: number;
  },
): string {
  const body =
    error instanceof Interrupted ? { code: 'interrupted', message: error.message } : error.toJSON();
  return `${JSON.stringify({ error: { ...body, ...details } })}\n`;
}

function stack(thrown: unknown): string {
  const lines: string[] = [];
  for (let error = thrown, depth = 0; error instanceof Error && depth < 8; error = error.cause, depth++) {
    lines.push(`${depth === 0 ? '' : 'caused by: '}${redactText(error.stack ?? error.message)}`);
  }
  return lines.map((line) => `${line.split('\n').map(printable).join('\n')}\n`).join('');
}
