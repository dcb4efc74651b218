/**
 * Creates a file in one request with metadata and content: personal drives only, up to 4 MB.
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_post_content
 */

import { isObject, readBytes } from '../../core/body.ts';
import { parseJson } from '../../core/bounded-json.ts';
import type { ServerResponse } from '../../core/http.ts';
import { type RelatedPart, relatedBoundary, relatedParts } from '../../core/odata/related-parts.ts';
import { invalidRequest, notSupported } from '../../core/service-error.ts';
import type { ItemContext } from '../drives/drive-route.ts';
import { readConflictBehavior } from '../items/conflict.ts';
import { readDescription, readFileTimes } from '../items/item-properties.ts';
import { putChild } from './put-child.ts';

/** Maximum size of the whole body in bytes. */
const limit = 4 * 1024 * 1024;

/** @throws ServiceError 400 on other drives and for a body without exactly two parts, 409, 413. */
export async function postContent(context: ItemContext): Promise<ServerResponse> {
  const { drive, request } = context;
  if (drive.kind !== 'personal')
    throw notSupported(
      'Multipart uploads are available on OneDrive Personal only; use PUT for the content.',
      400,
    );
  const boundary = relatedBoundary(request.headers['content-type'] ?? '');
  const { metadata, content } = split(relatedParts(await readBytes(request, limit), boundary));
  const { name } = metadata;
  if (typeof name !== 'string')
    throw invalidRequest('The property name is missing.', 'invalidParameterFormat');
  const behavior = readConflictBehavior(metadata, context.query) ?? 'fail';
  const description = readDescription(metadata, drive.kind);
  const facts = { ...readFileTimes(metadata), ...(description === undefined ? {} : { description }) };
  return putChild(context, { name, bytes: content, behavior, facts });
}

/** The JSON of one part, and the bytes of the part that its `sourceUrl` names. */
function split(parts: readonly RelatedPart[]): {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Uint8Array;
} {
  if (parts.length !== 2) throw invalidRequest('A multipart upload has two parts: metadata and content.');
  const described = parts.find(({ id }) => id === 'metadata');
  const metadata = described === undefined ? undefined : parsed(described.bytes);
  if (metadata === undefined) throw invalidRequest('The part <metadata> must be a JSON object.');
  const source = metadata['@microsoft.graph.sourceUrl'] ?? metadata['@content.sourceUrl'];
  const named = typeof source === 'string' ? /^cid:(.+)$/.exec(source)?.[1] : undefined;
  const content = parts.find(({ id }) => id !== 'metadata' && id === named);
  if (content === undefined)
    throw invalidRequest('The property @microsoft.graph.sourceUrl must name the other part: cid:content.');
  return { metadata, content: content.bytes };
}

function parsed(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
