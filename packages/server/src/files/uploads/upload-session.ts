/**
 * Decides how an upload session handles a request. Pure: bytes and records are handled elsewhere.
 * Rules: https://learn.microsoft.com/graph/api/driveitem-createuploadsession; inner codes:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/errors
 */
import { invalidRequest, ServiceError } from '../../core/service-error.ts';

/** In bytes; the size of every fragment but the last should be a multiple of it. */
const fragmentUnit = 320 * 1024;

/** The progress of a session. */
export interface Progress {
  /** Number of bytes received. */
  readonly received: number;
  /** The total size; known after the first fragment. */
  readonly total: number | undefined;
}

/** `Content-Range: bytes first-last/total`, with both positions inclusive. */
export interface Fragment {
  readonly first: number;
  readonly last: number;
  readonly total: number;
}

export interface FragmentRules {
  readonly fragmentLimit: number;
  readonly fileLimit: number;
  readonly strictFragments: boolean;
}

/** @throws ServiceError 400 if the header is missing or invalid, 411 without a Content-Length. */
export function readFragment(contentRange: string | undefined, length: number | undefined): Fragment {
  if (length === undefined)
    throw new ServiceError(411, 'invalidRequest', 'The Content-Length header is missing.');
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(contentRange?.trim() ?? '');
  if (match === null)
    throw invalidRequest('The Content-Range header is missing or malformed.', 'invalidParameterFormat');
  const [first = 0, last = 0, total = 0] = match.slice(1).map(Number);
  if (last < first || last >= total)
    throw invalidRequest('The Content-Range header contains an invalid range.', 'invalidParameterFormat');
  if (last - first + 1 !== length)
    throw invalidRequest(
      'The Content-Length header does not match the Content-Range header.',
      'fragmentLengthMismatch',
    );
  return { first, last, total };
}

/** @throws ServiceError if this fragment is not allowed now. */
export function checkFragment(progress: Progress, fragment: Fragment, rules: FragmentRules): void {
  const { first, last, total } = fragment;
  const length = last - first + 1;
  if (total > rules.fileLimit)
    throw tooLong('The file is larger than the service accepts.', 'maxFileSizeExceeded');
  if (progress.total !== undefined && progress.total !== total)
    throw invalidRequest('The total size differs from that of earlier fragments.', 'fragmentLengthMismatch');
  if (length > rules.fragmentLimit) throw tooLong('The fragment is too large.', 'maxFragmentLengthExceeded');
  if (first < progress.received)
    throw new ServiceError(416, 'invalidRange', 'Uploaded fragment overlaps with existing data.', {
      inner: ['fragmentOverlap'],
    });
  if (first > progress.received)
    throw new ServiceError(416, 'invalidRange', 'Uploaded fragment is out of order.', {
      inner: ['fragmentOutOfOrder'],
    });
  if (rules.strictFragments && length % fragmentUnit !== 0 && last + 1 !== total)
    throw invalidRequest('The fragment is not a multiple of 320 KiB.', 'invalidFragmentLength');
}

function tooLong(message: string, inner: string): ServiceError {
  return new ServiceError(413, 'invalidRequest', message, { inner: [inner] });
}

/** The ranges that the client should send next: `["26-"]`, or none if all bytes were received. */
export function expectedRanges(progress: Progress): readonly string[] {
  return progress.received === progress.total ? [] : [`${progress.received}-`];
}

export const isComplete = (progress: Progress): boolean => progress.received === progress.total;
