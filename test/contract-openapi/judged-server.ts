/**
 * Stands in for `src/server/index.ts` in every test (vitest.config.ts): the same, with every answer judged by
 * Microsoft's OpenAPI document, for every server and every kind of request.
 */

import { webHandler } from '../../packages/server/src/core/web.ts';
import {
  createOneDrive as create,
  type EmbeddedOneDrive,
  type OneDriveOptions,
} from '../../packages/server/src/index.ts';
import { judgedHandler } from './judged-handler.ts';

export * from '../../packages/server/src/index.ts';

/** See {@link create}. */
export async function createOneDrive(options: OneDriveOptions = {}): Promise<EmbeddedOneDrive> {
  const onedrive = await create(options);
  const { faults } = onedrive.control;
  const handler = judgedHandler(onedrive.handler, {
    // A response that a fault damaged is not the server's own.
    spoilt: (request) => faults.struck(request).length > 0,
    spoils: () => faults.plan.rules.length > 0,
  });
  return { ...onedrive, handler, fetch: webHandler(handler) };
}
