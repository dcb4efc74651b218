/** Descriptions of scopes for the consent page. Meanings: https://learn.microsoft.com/graph/permissions-reference */

const texts: Readonly<Record<string, string>> = {
  openid: 'Sign you in',
  profile: 'See your name and account name',
  email: 'See your email address',
  offline_access: 'Keep this access until you revoke it, also when you are not signed in',
  'user.read': 'See your profile',
  'user.readwrite': 'See and change your profile',
  'files.read': 'Read your files',
  'files.read.all': 'Read your files and those shared with you',
  'files.readwrite': 'Read, create, change and delete your files',
  'files.readwrite.all': 'Read, create, change and delete your files and those shared with you',
  'files.readwrite.appfolder': 'Read, create, change and delete files in a folder of its own',
  'sites.read.all': 'Read files and lists in all sites that you can read',
  'sites.readwrite.all': 'Read and change files and lists in all sites that you can change',
  'sites.manage.all': 'Create, change and delete lists and files in all sites',
  'sites.fullcontrol.all': 'Do everything in all sites',
  'onedrive.readonly': 'Read your files',
  'onedrive.readwrite': 'Read, create, change and delete your files',
  'onedrive.appfolder': 'Read, create, change and delete files in a folder of its own',
  'wl.signin': 'Sign you in',
  'wl.basic': 'See your profile',
  'wl.emails': 'See your email addresses',
  'wl.offline_access': 'Keep this access until you revoke it, also when you are not signed in',
  'wl.photos': 'See your photos, videos and albums',
  'wl.skydrive': 'Read your files',
  'wl.skydrive_update': 'Read, create, change and delete your files',
  'wl.contacts_skydrive': 'Read files that others shared with you',
};

/** A sentence that describes what a scope allows an application to do. */
export function scopeText(scope: string): string {
  return texts[scope.toLowerCase()] ?? `Use the permission ${scope}`;
}
