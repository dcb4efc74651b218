/** How a failure reaches the user: one message on stderr that says what happened, to what, and what to do next. */
import { isOneDriveError, OneDriveError } from '../errors/onedrive-error.ts';
import { exitCodeFor, exitCodes } from './exit-codes.ts';
import { printable } from './output/printable.ts';

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

/** The reader of stdout has gone away: nothing to say, nothing left to do. */
export class OutputClosed extends Error {
  constructor() {
    super('The reader of the output is gone.');
    this.name = 'OutputClosed';
  }
}

export interface Report {
  readonly exitCode: number;
  /** For stderr; '' when there is nothing to say. */
  readonly text: string;
}

/** What to print and how to exit for anything that was thrown. */
export function report(thrown: unknown, flags: { readonly json: boolean; readonly debug: boolean }): Report {
  if (thrown instanceof OutputClosed) return { exitCode: exitCodes.ok, text: '' };
  const error = asKnown(thrown);
  const exitCode = error instanceof Interrupted ? error.exitCode : exitCodeFor(error.code);
  const body = flags.json ? asJson(error, exitCode) : asText(error);
  return { exitCode, text: flags.debug ? body + stack(thrown) : body };
}

function asKnown(thrown: unknown): OneDriveError | Interrupted {
  if (thrown instanceof Interrupted || isOneDriveError(thrown)) return thrown as OneDriveError | Interrupted;
  if (isSystemError(thrown)) return systemError(thrown);
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return new OneDriveError('internal', `Something went wrong that should not: ${what}`, {
    cause: thrown,
    hint: 'Run it again with --debug for the details, and report it.',
  });
}

interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

function systemError(error: SystemError): OneDriveError {
  const file = error.path === undefined ? 'A local file' : error.path;
  return new OneDriveError('local-file', `${file}: ${systemWords[error.code] ?? error.message}.`, {
    cause: error,
  });
}

/** What the system's error codes mean, in words: https://man7.org/linux/man-pages/man3/errno.3.html */
export const systemWords: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'exists already',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long for this file system',
  EMFILE: 'too many open files',
  ELOOP: 'too many symbolic links',
  EFBIG: 'too big for this file system',
  EIO: 'the disk reported an error',
  EADDRINUSE: 'the port is in use',
};

function asText(error: OneDriveError | Interrupted): string {
  const hint = error instanceof OneDriveError || 'hint' in error ? error.hint : undefined;
  const message = error.message.split('\n').map(printable).join('\n');
  return `onedrive-cli: ${message}\n${hint ? `${hint.split('\n').map(printable).join('\n')}\n` : ''}`;
}

function asJson(error: OneDriveError | Interrupted, exitCode: number): string {
  const body =
    error instanceof Interrupted ? { code: 'interrupted', message: error.message } : error.toJSON();
  return `${JSON.stringify({ error: { ...body, exitCode } })}\n`;
}

function stack(thrown: unknown): string {
  const lines: string[] = [];
  for (let error = thrown, depth = 0; error instanceof Error && depth < 8; error = error.cause, depth++) {
    lines.push(`${depth === 0 ? '' : 'caused by: '}${error.stack ?? error.message}`);
  }
  return lines.map((line) => `${line.split('\n').map(printable).join('\n')}\n`).join('');
}
