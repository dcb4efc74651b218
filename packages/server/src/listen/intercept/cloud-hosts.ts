/**
 * Microsoft's host names that the embedded server can serve. National clouds: https://learn.microsoft.com/graph/deployments;
 * the upload and content hosts are those that the service uses.
 */

const names = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
  'login.microsoftonline.com',
  'login.microsoft.com',
  'login.windows.net',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
  'login.live.com',
  'apis.live.net',
  'storage.live.com',
  'api.onedrive.com',
  'my.microsoftpersonalcontent.com',
  'onedrive.live.com',
  '1drv.ms',
]);

/** The Graph host of each cloud's sign-in host. */
const graphOfLogin: Readonly<Record<string, string>> = {
  'login.microsoftonline.com': 'graph.microsoft.com',
  'login.microsoft.com': 'graph.microsoft.com',
  'login.windows.net': 'graph.microsoft.com',
  'login.microsoftonline.us': 'graph.microsoft.us',
  'login.chinacloudapi.cn': 'microsoftgraph.chinacloudapi.cn',
  'login.partner.microsoftonline.cn': 'microsoftgraph.chinacloudapi.cn',
};

const suffixes = [
  '.users.storage.live.com',
  '.up.1drv.com',
  '.files.1drv.com',
  '.sharepoint.com',
  '.sharepoint.us',
  '.sharepoint.cn',
] as const;

/** The suffix of SharePoint host names in the cloud of `host`. */
export function sharePointSuffix(host: string): string {
  if (host.endsWith('.us')) return '.sharepoint.us';
  return host.endsWith('.cn') ? '.sharepoint.cn' : '.sharepoint.com';
}

const hostName = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/;

/** Whether `host`, without a port, is a name of Microsoft's file services. */
export function isCloudHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name.length > 253 || !hostName.test(name)) return false;
  return names.has(name) || suffixes.some((suffix) => name.endsWith(suffix));
}

/** Scheme and host of Graph for clients that sign in at `login`: this server, except for Microsoft's own host names. */
export function graphOrigin(login: URL): string {
  const host = graphOfLogin[login.hostname];
  return host === undefined ? login.origin : `https://${host}`;
}
