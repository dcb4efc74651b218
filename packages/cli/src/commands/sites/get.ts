/** `sites get`: shows a site and its libraries. */
import { findSite, parseDriveAddress } from 'onedrive-kit/drive';
import { getSite, listSiteDrives } from 'onedrive-kit/graph';
import { graphOnly } from '../../arguments/graph-only.ts';
import { collect } from '../../definition/collect.ts';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'sites_get',
  group: 'browse',
  access: 'read',
  summary: 'Show a SharePoint site and its document libraries',
  arguments: [
    { name: 'site', description: 'address or id of the site, site:NAME, HOST:/sites/NAME, or root' },
  ],
  examples: [
    { line: 'sites get https://contoso.sharepoint.com/sites/team', note: 'show a site by its address' },
    { line: 'sites get site:Team', note: 'show a site by its name' },
    { line: "sites get root -k '{displayName}'", note: 'print the name of the root site' },
  ],
  async run(context, { site }) {
    const client = await graphOnly(context, 'sites');
    const call = { signal: context.signal };
    const address = site.startsWith('site:') ? parseDriveAddress(site) : undefined;
    const info =
      address?.kind === 'site'
        ? await findSite(client, address, call)
        : await getSite(client, addressOf(site), call);
    const drives = await collect(listSiteDrives(client, info.id, call));
    await context.print({
      ...info,
      drives: drives.map(({ id, name, webUrl, quota }) => ({ name, id, webUrl, used: quota?.used })),
    });
  },
});

/** `https://host/sites/name/…` → `host:/sites/name`. */
function addressOf(site: string): string {
  if (!URL.canParse(site) || !/^https?:/i.test(site)) return site;
  const { host, pathname } = new URL(site);
  const path = /^\/(?:sites|teams)\/[^/]+/i.exec(pathname)?.[0];
  return path === undefined ? host : `${host}:${decodeURIComponent(path)}`;
}
