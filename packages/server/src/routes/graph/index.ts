/** Every route of the drive API, in one list. */
import { activityRoutes } from './activity-routes.ts';
import { applicationPermissionRoutes } from './application-permission-routes.ts';
import { authorRoutes } from './author-routes.ts';
import { batchRoutes } from './batch-routes.ts';
import { bundleRoutes } from './bundle-routes.ts';
import { changeRoutes } from './change-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { checkoutRoutes } from './checkout-routes.ts';
import { columnRoutes } from './column-routes.ts';
import { copyRoutes } from './copy-routes.ts';
import { countDriveRoutes, countGraphRoutes } from './count-routes.ts';
import { customThumbnailRoutes } from './custom-thumbnail-routes.ts';
import { deltaRoutes } from './delta-routes.ts';
import { directoryRoutes } from './directory-routes.ts';
import { driveItemsRoutes } from './drive-items-routes.ts';
import type { DriveRoute, GraphRoute } from './drive-route.ts';
import { findRoutes } from './find-routes.ts';
import { folderRoutes } from './folder-routes.ts';
import { followedSitesRoutes } from './followed-sites-routes.ts';
import { followingRoutes } from './following-routes.ts';
import { inviteRoutes } from './invite-routes.ts';
import { itemSubscriptionRoutes } from './item-subscription-routes.ts';
import { labelRoutes } from './label-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { listDeltaRoutes } from './list-delta-routes.ts';
import { listItemRoutes } from './list-item-routes.ts';
import { listRoutes } from './list-routes.ts';
import { makeLibraryRoutes } from './make-library.ts';
import { memberOfRoutes } from './member-of-routes.ts';
import { permissionRoutes } from './permission-routes.ts';
import { photoRoutes } from './photo-routes.ts';
import { readRoutes } from './read-routes.ts';
import { recycleBinRoutes } from './recycle-bin-routes.ts';
import { revocationRoutes } from './revocation-routes.ts';
import { searchQueryRoutes } from './search-query-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { shareItemRoutes, shareRoutes } from './share-routes.ts';
import { sharedByMeRoutes } from './shared-by-me-routes.ts';
import { sharedWithMeRoutes } from './shared-with-me-routes.ts';
import { siteRoutes } from './site-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { thumbnailRoutes } from './thumbnail-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import { userRoutes } from './user-routes.ts';
import { versionRoutes } from './version-routes.ts';

const listedDriveRoutes: readonly DriveRoute[] = [
  ...readRoutes,
  ...authorRoutes,
  ...folderRoutes,
  ...uploadRoutes,
  ...sessionRoutes,
  ...changeRoutes,
  ...copyRoutes,
  ...findRoutes,
  ...driveItemsRoutes,
  ...linkRoutes,
  ...permissionRoutes,
  ...applicationPermissionRoutes,
  ...inviteRoutes,
  ...shareItemRoutes,
  ...bundleRoutes,
  ...channelRoutes,
  ...itemSubscriptionRoutes,
  ...activityRoutes,
  ...labelRoutes,
  ...sharedByMeRoutes,
  ...thumbnailRoutes,
  ...customThumbnailRoutes,
  ...listRoutes,
  ...columnRoutes,
  ...listItemRoutes,
  ...versionRoutes,
  ...checkoutRoutes,
  ...followingRoutes,
  ...sharedWithMeRoutes,
  ...deltaRoutes,
  ...listDeltaRoutes,
];

/** `versions/$count` comes before `versions/{version}`. */
export const driveRoutes: readonly DriveRoute[] = [
  ...countDriveRoutes(listedDriveRoutes),
  ...listedDriveRoutes,
];

const listedGraphRoutes: readonly GraphRoute[] = [
  ...userRoutes,
  ...directoryRoutes,
  ...revocationRoutes,
  ...shareRoutes,
  ...batchRoutes,
  ...siteRoutes,
  ...makeLibraryRoutes,
  ...searchQueryRoutes,
  ...recycleBinRoutes,
  ...followedSitesRoutes,
  ...memberOfRoutes,
  ...subscriptionRoutes,
  ...photoRoutes,
];

/** `users/$count` comes before `users/{user}`. */
export const graphRoutes: readonly GraphRoute[] = [
  ...countGraphRoutes(listedGraphRoutes),
  ...listedGraphRoutes,
];
