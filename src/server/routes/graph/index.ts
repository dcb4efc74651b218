/** Every route of the drive API, in one list. */
import type { DriveRoute, GraphRoute } from './drive-route.ts';
import { folderRoutes } from './folder-routes.ts';
import { readRoutes } from './read-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import { userRoutes } from './user-routes.ts';

export const driveRoutes: readonly DriveRoute[] = [...readRoutes, ...folderRoutes, ...uploadRoutes];

export const graphRoutes: readonly GraphRoute[] = [...userRoutes];
