/** All routes of the Live v5.0 API. */
import { commentRoutes } from './comment-routes.ts';
import { contentRoutes } from './content-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { listRoutes } from './list-routes.ts';
import type { LiveRoute } from './live-route.ts';
import { objectRoutes } from './object-routes.ts';
import { sharedRoutes } from './shared-routes.ts';
import { tagRoutes } from './tag-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import { userRoutes } from './user-routes.ts';

export const liveRoutes: readonly LiveRoute[] = [
  ...userRoutes,
  ...objectRoutes,
  ...listRoutes,
  ...sharedRoutes,
  ...contentRoutes,
  ...uploadRoutes,
  ...commentRoutes,
  ...tagRoutes,
  ...linkRoutes,
];
