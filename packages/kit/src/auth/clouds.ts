/**
 * Microsoft's national clouds as a table. Source: https://learn.microsoft.com/graph/deployments. The cloud in
 * Germany was closed in 2021 and is not included. Personal accounts exist only in the global cloud.
 */

export type CloudName = 'global' | 'us-gov' | 'us-gov-dod' | 'china';

/** One of Microsoft's clouds, with the origins of its services. */
export interface Cloud {
  /** Origin of the sign-in endpoints. */
  readonly authority: string;
  /** Origin of Microsoft Graph. */
  readonly graph: string;
}

/** The clouds by name. Source: https://learn.microsoft.com/graph/deployments */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  global: { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  'us-gov': { authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  'us-gov-dod': { authority: 'https://login.microsoftonline.us', graph: 'https://dod-graph.microsoft.us' },
  china: { authority: 'https://login.chinacloudapi.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
};

/** The names, in the order of help texts. */
export const cloudNames = Object.keys(clouds) as readonly CloudName[];
