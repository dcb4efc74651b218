/** Upload sessions: create, send a fragment, read the missing ranges, cancel, commit. */
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

/** An upload session that has a URL. */
export type OpenUploadSession = UploadSession & { readonly uploadUrl: string };

/**
 * Creates a session. Repeated after a lost response: an unused session expires.
 * @param item an address by path, `folder:/name`, or the id of the file to replace.
 * @see https://learn.microsoft.com/graph/api/driveitem-createuploadsession
 * @throws GraphError `conflict`, `precondition`, `quota`; OneDriveError `protocol` if the response has no
 * URL.
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

/** Either more fragments are expected, or the file is complete. */
export type FragmentAnswer =
  | { readonly kind: 'more'; readonly session: UploadSession }
  | { readonly kind: 'item'; readonly item: DriveItem };

/**
 * Sends one fragment, without the token. Its size is a multiple of 320 KiB except for the last one, and under
 * 60 MiB.
 * @see https://learn.microsoft.com/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session
 * @throws GraphError `range` for bytes that the service already has or does not expect yet, `not-found` if
 * the session no longer exists, `conflict` if the name has been taken in the meantime.
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
    // After a lost response, the state of the session is read instead of sending the bytes again.
    idempotent: false,
    options,
    via: client.plain,
  });
  if (response.status === 202)
    return { kind: 'more', session: await readObject<UploadSession>(response, what) };
  return { kind: 'item', item: await readObject<DriveItem>(response, what) };
}

/**
 * Returns the byte ranges that the session still expects. @see
 * https://learn.microsoft.com/graph/api/driveitem-createuploadsession#resuming-an-in-progress-upload
 * @throws GraphError `not-found` if the session no longer exists.
 */
export function getUploadSession(
  client: GraphClient,
  uploadUrl: string,
  options: CallOptions = {},
): Promise<UploadSession> {
  const what = 'read the state of the upload session';
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
 * Cancels a session and discards its content; does nothing if it no longer exists.
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
 * @throws GraphError `conflict`, `range` if bytes are missing.
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
