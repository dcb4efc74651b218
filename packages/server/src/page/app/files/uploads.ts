/** Uploads with progress: small files in one request, larger ones in fragments of an upload session. */
import { errorOf, RequestError } from '../kit/failure.ts';
import { grant, refreshGrant } from '../kit/session.ts';
import type { Drive } from './drive.ts';
import type { Item } from './item.ts';

/** A file and where it goes, below the open folder. */
export interface Incoming {
  readonly file: File;
  readonly path: readonly string[];
}

export interface UploadHooks {
  readonly progress: (sent: number) => void;
  readonly signal: AbortSignal;
}

/** Bytes that are uploaded in one request: https://learn.microsoft.com/graph/api/driveitem-put-content */
const simpleLimit = 4 * 1024 * 1024;
/** A multiple of 320 KiB: https://learn.microsoft.com/graph/api/driveitem-createuploadsession */
const fragment = 320 * 1024 * 16;

/** Uploads one file; an existing file gets a new version. */
export async function upload(
  drive: Drive,
  folder: string,
  { file, path }: Incoming,
  hooks: UploadHooks,
): Promise<Item> {
  if (file.size <= simpleLimit) return uploadWhole(drive.contentUrl(folder, path), file, hooks);
  const session = await drive.createSession(folder, path);
  if (session === undefined) throw new RequestError(0, 'The server did not start an upload.');
  let item: Item | undefined;
  for (let from = 0; from < file.size; from += fragment) {
    const part = file.slice(from, from + fragment);
    const range = `bytes ${from}-${from + part.size - 1}/${file.size}`;
    const headers = { 'Content-Range': range };
    const progress = (sent: number) => hooks.progress(from + sent);
    item = await put(session.uploadUrl, part, headers, { ...hooks, progress });
  }
  if (item === undefined) throw new RequestError(0, 'The server did not finish the upload.');
  return item;
}

async function uploadWhole(url: string, file: File, hooks: UploadHooks): Promise<Item> {
  const send = (token: string | undefined) =>
    put(url, file, { Authorization: `Bearer ${token ?? ''}` }, hooks);
  try {
    return await send(grant()?.access_token);
  } catch (error) {
    const renewed = error instanceof RequestError && error.status === 401 ? await refreshGrant() : undefined;
    if (renewed === undefined) throw error;
    return send(renewed.access_token);
  }
}

/** A PUT that reports its progress, which `fetch` does not. */
function put(
  url: string,
  body: Blob,
  headers: Readonly<Record<string, string>>,
  { progress, signal }: UploadHooks,
): Promise<Item> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.responseType = 'json';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => {
      if (request.status >= 400) reject(errorOf(request.status, (request.response ?? {}) as object));
      else resolve(request.response as Item);
    };
    request.onerror = () => reject(new RequestError(0, 'The connection broke.'));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) reject(signal.reason);
    else request.send(body);
  });
}
