/** All routes of the drive API. */
import { activityRoutes } from '../files/activities/activity-routes.ts';
import { bundleRoutes } from '../files/bundles/bundle-routes.ts';
import { checkoutRoutes } from '../files/checkout/checkout-routes.ts';
import { copyRoutes } from '../files/copies/copy-routes.ts';
import { deltaRoutes } from '../files/delta/delta-routes.ts';
import { driveItemsRoutes } from '../files/drives/drive-items-routes.ts';
import type { DriveRoute, GraphRoute } from '../files/drives/drive-route.ts';
import { recycleBinRoutes } from '../files/drives/recycle-bin-routes.ts';
import { folderRoutes } from '../files/folders/folder-routes.ts';
import { followingRoutes } from '../files/following/following-routes.ts';
import { changeRoutes } from '../files/items/change-routes.ts';
import { findRoutes } from '../files/items/find-routes.ts';
import { readRoutes } from '../files/items/read-routes.ts';
import { labelRoutes } from '../files/labels/label-routes.ts';
import { sessionRoutes } from '../files/uploads/session-routes.ts';
import { uploadRoutes } from '../files/uploads/upload-routes.ts';
import { changeListRoutes } from '../lists/change-list-routes.ts';
import { columnRoutes } from '../lists/column-routes.ts';
import { listContentTypeRoutes, siteContentTypeRoutes } from '../lists/content-type-routes.ts';
import { followedSitesRoutes } from '../lists/followed-sites-routes.ts';
import { listDeltaRoutes } from '../lists/list-delta-routes.ts';
import { listItemRoutes } from '../lists/list-item-routes.ts';
import { listRoutes } from '../lists/list-routes.ts';
import { makeLibraryRoutes } from '../lists/make-library.ts';
import { siteAnalyticsRoutes } from '../lists/site-analytics-routes.ts';
import { sitePageRoutes } from '../lists/site-page-routes.ts';
import { sitePermissionRoutes } from '../lists/site-permission-routes.ts';
import { siteRoutes } from '../lists/site-routes.ts';
import { customThumbnailRoutes } from '../media/custom-thumbnail-routes.ts';
import { thumbnailRoutes } from '../media/thumbnail-routes.ts';
import { channelRoutes } from '../notifications/channel-routes.ts';
import { itemSubscriptionRoutes } from '../notifications/item-subscription-routes.ts';
import { subscriptionRoutes } from '../notifications/subscription-routes.ts';
import { authorRoutes } from '../people/author-routes.ts';
import { directoryRoutes } from '../people/directory-routes.ts';
import { memberOfRoutes } from '../people/member-of-routes.ts';
import { photoRoutes } from '../people/photo-routes.ts';
import { userRoutes } from '../people/user-routes.ts';
import { searchQueryRoutes } from '../search/search-query-routes.ts';
import { applicationPermissionRoutes } from '../sharing/application-permission-routes.ts';
import { inviteRoutes } from '../sharing/invite-routes.ts';
import { linkRoutes } from '../sharing/link-routes.ts';
import { permissionRoutes } from '../sharing/permission-routes.ts';
import { revocationRoutes } from '../sharing/revocation-routes.ts';
import { shareItemRoutes, shareRoutes } from '../sharing/share-routes.ts';
import { sharedByMeRoutes } from '../sharing/shared-by-me-routes.ts';
import { sharedWithMeRoutes } from '../sharing/shared-with-me-routes.ts';
import { versionRoutes } from '../versions/version-routes.ts';
import { batchRoutes } from './odata/batch-routes.ts';
import { countDriveRoutes, countGraphRoutes } from './odata/count-routes.ts';

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
  ...changeListRoutes,
  ...columnRoutes,
  ...listContentTypeRoutes,
  ...listItemRoutes,
  ...versionRoutes,
  ...checkoutRoutes,
  ...followingRoutes,
  ...sharedWithMeRoutes,
  ...deltaRoutes,
  ...listDeltaRoutes,
];

/** `versions/$count` must precede `versions/{version}`. */
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
  ...siteContentTypeRoutes,
  ...sitePermissionRoutes,
  ...sitePageRoutes,
  ...siteAnalyticsRoutes,
  ...makeLibraryRoutes,
  ...searchQueryRoutes,
  ...recycleBinRoutes,
  ...followedSitesRoutes,
  ...memberOfRoutes,
  ...subscriptionRoutes,
  ...photoRoutes,
];

/** `users/$count` must precede `users/{user}`. */
export const graphRoutes: readonly GraphRoute[] = [
  ...countGraphRoutes(listedGraphRoutes),
  ...listedGraphRoutes,
];
