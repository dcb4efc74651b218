/**
 * A new file without content, made like a folder: `{"name": "a.docx", "file": {}}`. On business drives; personal ones
 * refuse it. Sources: github.com/OneDrive/onedrive-api-docs/issues/642 (Microsoft's answer),
 * github.com/OneDrive/onedrive-sdk-python/issues/191 (the refusal).
 */
import { readConflictBehavior } from '../../domain/conflict.ts';
import type { ServerResponse } from '../../http.ts';
import { invalidRequest } from '../../service-error.ts';
import type { ItemContext } from './drive-route.ts';
import { readFileTimes } from './item-properties.ts';
import { putChild } from './put-child.ts';

/** @throws ServiceError 400 on personal drives, 409 when the name is taken. */
export async function postFile(
  context: ItemContext,
  name: string,
  body: Readonly<Record<string, unknown>>,
): Promise<ServerResponse> {
  if (context.drive.kind === 'personal') throw invalidRequest('Cannot create a file without content');
  const behavior = readConflictBehavior(body, context.query) ?? 'fail';
  return putChild(context, { name, bytes: new Uint8Array(), behavior, facts: readFileTimes(body) });
}
