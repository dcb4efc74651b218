/** The error for features that only Microsoft Graph has, if another API is used. */
import { OneDriveError } from '../../errors/index.ts';
import type { DriveContext } from '../world.ts';
import type { GraphPlace } from './provider.ts';

/**
 * The drive's address in Microsoft Graph.
 * @param what completes "… has no": `versions of files`.
 * @throws OneDriveError `not-supported` over another API.
 */
export function graphPlace({ provider }: DriveContext, what: string): GraphPlace {
  if (provider.graph !== undefined) return provider.graph;
  throw new OneDriveError('not-supported', `${provider.capabilities.name} has no ${what}.`, {
    hint: 'Use a profile for Microsoft Graph (api: graph).',
  });
}
