/** Upload sessions: create, send a fragment, ask what is missing, cancel, commit. */
import { emptyBody } from '../../http/bodies.ts';
import { discard } from '../../http/read.ts';
import { transferUrl } from '../../http/transfer-url.ts';
import type { HttpBody } from '../../http/transport.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, type ChangeOptions, readObject, send, sendForObject } from '../send.ts';
import type { DriveItem, UploadSession, UploadSessionRequest } from '../types/index.ts';

/** A session that can be used: it has its URL. */
export type OpenUploadSession = UploadSession & { readonly uploadUrl: string };

/**
 * A new session. Repeated after a lost answer: a session that nobody uses expires by itself.
 * @param item a path address, `folder:/name`, or the id of the file to replace.
 * @see https://learn.microsoft.com/graph/api/driveitem-createuploadsession
 * @throws GraphError `conflict`, `precondition`, `quota`; OneDriveError `protocol` when the answer has no URL.
 */
export async function createUploadSession(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  request: UploadSessionRequest,
  options: ChangeOptions = {},
): Promise<OpenUploadSession> {
  const what = `start the upload of ${describeItem(item)}`;
  const session = await sendForObject<UploadSession>(client, {
    method: 'POST',
    contract: contracts.createUploadSession,
    url: itemPath(drive, item, 'createUploadSession'),
    what,
    headers: { 'if-match': options.ifMatch },
    json: request,
    idempotent: true,
    options,
  });
  return { ...session, uploadUrl: transferUrl(session.uploadUrl, client.baseUrl, what) };
}

/** Bytes [start, end) of `total`. */
export interface Fragment {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** The service wants more, or the file is there. */
export type FragmentAnswer =
  | { readonly kind: 'more'; readonly session: UploadSession }
  | { readonly kind: 'item'; readonly item: DriveItem };

/**
 * Sends one fragment, without the token. A multiple of 320 KiB but for the last, under 60 MiB.
 * @see https://learn.microsoft.com/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session
 * @throws GraphError `range` for bytes that the service has or does not expect yet, `not-found` when the session is
 * gone, `conflict` when the name was taken meanwhile.
 */
export async function putFragment(
  client: GraphClient,
  uploadUrl: string,
  fragment: Fragment,
  body: HttpBody,
  options: CallOptions = {},
): Promise<FragmentAnswer> {
  const { start, end, total } = fragment;
  const what = `upload bytes ${start} to ${end - 1} of ${total}`;
  const response = await send(client, {
    method: 'PUT',
    contract: contracts.putFragment,
    url: uploadUrl,
    what,
    headers: { 'content-range': `bytes ${start}-${end - 1}/${total}` },
    body,
    // After a lost answer the session is asked what it has, not sent the same bytes again.
    idempotent: false,
    options,
    via: client.plain,
  });
  if (response.status === 202)
    return { kind: 'more', session: await readObject<UploadSession>(response, what) };
  return { kind: 'item', item: await readObject<DriveItem>(response, what) };
}

/**
 * What the session still expects. @see
 * https://learn.microsoft.com/graph/api/driveitem-createuploadsession#resuming-an-in-progress-upload
 * @throws GraphError `not-found` when the session is gone.
 */
export function getUploadSession(
  client: GraphClient,
  uploadUrl: string,
  options: CallOptions = {},
): Promise<UploadSession> {
  const what = 'ask the upload session what it still expects';
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: uploadUrl,
    what,
    options,
    via: client.plain,
  });
}

/**
 * Ends a session and drops what it holds; one that is gone already is no error.
 * @see https://learn.microsoft.com/graph/api/driveitem-createuploadsession#cancel-an-upload-session
 */
export async function cancelUploadSession(
  client: GraphClient,
  uploadUrl: string,
  options: CallOptions = {},
): Promise<void> {
  const what = 'cancel the upload session';
  await discard(
    await send(client, {
      method: 'DELETE',
      contract: contracts.cancelUploadSession,
      url: uploadUrl,
      what,
      options,
      via: client.plain,
    }),
  );
}

/**
 * Completes a session that was created with `deferCommit`.
 * @see https://learn.microsoft.com/graph/api/driveitem-createuploadsession#completing-a-file
 * @throws GraphError `conflict`, `range` when bytes are missing.
 */
export function commitUploadSession(
  client: GraphClient,
  uploadUrl: string,
  options: CallOptions = {},
): Promise<DriveItem> {
  const what = 'complete the upload';
  return sendForObject(client, {
    method: 'POST',
    contract: contracts.commitUploadSession,
    url: uploadUrl,
    what,
    body: emptyBody,
    idempotent: false,
    options,
    via: client.plain,
  });
}
