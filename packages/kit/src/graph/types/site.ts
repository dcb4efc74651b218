/** SharePoint sites, which hold document libraries. */

/** https://learn.microsoft.com/graph/api/resources/site */
export interface Site {
  /** `host,collection id,site id`. */
  readonly id: string;
  readonly name?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly webUrl?: string;
  readonly siteCollection?: { readonly hostname?: string };
}

/** A Microsoft 365 group. https://learn.microsoft.com/graph/api/resources/group */
export interface Group {
  readonly id: string;
  readonly displayName?: string;
  readonly mail?: string;
}
