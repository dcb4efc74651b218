/** What only Microsoft Graph has, said in one way where another wire is in use. */
import { OneDriveError } from '../../errors/index.ts';
import type { DriveContext } from '../world.ts';
import type { GraphPlace } from './provider.ts';

/**
 * The drive's place in Microsoft Graph.
 * @param what finishes "… has no": `versions of files`.
 * @throws OneDriveError `not-supported` over another wire.
 */
export function graphPlace({ provider }: DriveContext, what: string): GraphPlace {
  if (provider.graph !== undefined) return provider.graph;
  throw new OneDriveError('not-supported', `${provider.capabilities.name} has no ${what}.`, {
    hint: 'Use a profile for Microsoft Graph (api: graph).',
  });
}
