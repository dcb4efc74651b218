/**
 * Creates an empty file in the same way as a folder: `{"name": "a.docx", "file": {}}`. Business drives only; personal drives
 * refuse it. Sources: github.com/OneDrive/onedrive-api-docs/issues/642 (Microsoft's answer),
 * github.com/OneDrive/onedrive-sdk-python/issues/191 (the error).
 */

import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest } from '../../core/service-error.ts';
import type { ItemContext } from '../drives/drive-route.ts';
import { readConflictBehavior } from '../items/conflict.ts';
import { readFileTimes } from '../items/item-properties.ts';
import { putChild } from './put-child.ts';

/** @throws ServiceError 400 on personal drives, 409 if the name is taken. */
export async function postFile(
  context: ItemContext,
  name: string,
  body: Readonly<Record<string, unknown>>,
): Promise<ServerResponse> {
  if (context.drive.kind === 'personal') throw invalidRequest('Cannot create a file without content');
  const behavior = readConflictBehavior(body, context.query) ?? 'fail';
  return putChild(context, { name, bytes: new Uint8Array(), behavior, facts: readFileTimes(body) });
}
