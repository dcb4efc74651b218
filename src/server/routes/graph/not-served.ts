/** Names that Microsoft Graph knows and this server does not answer: 501 with a body that says so, rather than 400. */

const known = new Set([
  '$batch',
  'activities',
  'analytics',
  'assignSensitivityLabel',
  'bundles',
  'checkin',
  'checkout',
  'discardCheckout',
  'extractSensitivityLabels',
  'follow',
  'following',
  'getActivitiesByInterval',
  'groups',
  'invite',
  'list',
  'listItem',
  'lists',
  'permissions',
  'preview',
  'retentionLabel',
  'shares',
  'sharedWithMe',
  'sites',
  'subscriptions',
  'thumbnails',
  'unfollow',
  'users',
  'validatePermission',
  'versions',
  'workbook',
  'permanentDelete',
  'restore',
  'createdByUser',
  'lastModifiedByUser',
]);

/** Is one of `segments` a name of the real API? */
export function isKnownElsewhere(segments: readonly string[]): boolean {
  return segments.some((segment) => known.has(segment));
}
