/**
 * Scopes: their syntax and what they allow. Names are case-insensitive (Microsoft's own pages write `files.readwrite`), and
 * Graph's scopes may be preceded by Graph's address.
 * Names: https://learn.microsoft.com/graph/permissions-reference
 */
import { refusals } from './aadsts.ts';

const oidc = ['openid', 'profile', 'email', 'offline_access'] as const;

const knownScopes = [
  ...oidc,
  ...['User.Read', 'User.ReadWrite', 'User.ReadBasic.All', 'User.Read.All'],
  ...['User.ReadWrite.All', 'User.RevokeSessions.All', 'Directory.ReadWrite.All'],
  ...['Files.Read', 'Files.Read.All', 'Files.ReadWrite', 'Files.ReadWrite.All', 'Files.ReadWrite.AppFolder'],
  ...['Files.Read.Selected', 'Files.ReadWrite.Selected'],
  ...['Sites.Read.All', 'Sites.ReadWrite.All', 'Sites.Manage.All', 'Sites.FullControl.All', 'Sites.Selected'],
  ...[
    'AllSites.Read',
    'AllSites.Write',
    'AllSites.Manage',
    'AllSites.FullControl',
    'MyFiles.Read',
    'MyFiles.Write',
  ],
  ...['onedrive.readonly', 'onedrive.readwrite', 'onedrive.appfolder'],
];
const spelling = new Map(knownScopes.map((name) => [name.toLowerCase(), name]));

/** What `.default` stands for: every scope that this server supports. */
const defaults = ['Files.ReadWrite.All', 'Sites.ReadWrite.All', 'User.Read'];

const graphHosts = [
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
  'graph.microsoft.de',
];

/** Each cloud issues tokens for its own Graph only. https://learn.microsoft.com/graph/deployments */
const graphOfLogin: Readonly<Record<string, readonly string[]>> = {
  'login.microsoftonline.com': ['graph.microsoft.com'],
  'login.microsoftonline.us': ['graph.microsoft.us', 'dod-graph.microsoft.us'],
  'login.chinacloudapi.cn': ['microsoftgraph.chinacloudapi.cn'],
  'login.partner.microsoftonline.cn': ['microsoftgraph.chinacloudapi.cn'],
};

/** A parsed `scope` parameter. */
export interface RequestedScopes {
  /** Canonical names without an address, in order and without duplicates; `.default` is resolved. */
  readonly names: readonly string[];
  /** The scopes in the client's spelling, for the response's `scope`: clients look up tokens by it. */
  readonly written: readonly string[];
}

/**
 * Parses a `scope` parameter.
 * @param ownHost the host of this server, which may precede a scope like Graph's.
 * @throws OAuthRefusal `invalid_scope` for unknown scopes, for the Graph of another cloud, and for more than one resource.
 */
export function parseScopes(text: string, ownHost: string): RequestedScopes {
  const words = text.split(/[\s+]+/).filter((word) => word !== '');
  const byResource = new Map<string, { readonly names: readonly string[]; readonly written: string }>();
  const resources = new Set<string>();
  const resourceHosts = graphOfLogin[ownHost] ?? graphHosts;
  for (const word of words) {
    const { resource, name } = split(word);
    if (!/^(?:\.default|[a-z][\w-]*(?:\.[\w-]+)*)$/i.test(name)) throw refusals.invalidScope(word);
    if (resource !== undefined) {
      if (!resourceHosts.includes(resource) && resource !== ownHost && !isSharePoint(resource))
        throw refusals.invalidScope(word);
      resources.add(resource);
    }
    const canonical = spelling.get(name.toLowerCase()) ?? name;
    const written = word.slice(0, word.length - name.length) + canonical;
    if (!byResource.has(name.toLowerCase())) {
      byResource.set(name.toLowerCase(), {
        names: name.toLowerCase() === '.default' ? defaults : [canonical],
        written,
      });
    }
  }
  if (resources.size > 1) throw refusals.severalResources();
  const entries = [...byResource.values()];
  return {
    names: unique(entries.flatMap((entry) => entry.names)),
    written: entries.map((entry) => entry.written),
  };
}

/**
 * SharePoint has scopes of its own for the same drives:
 * https://learn.microsoft.com/sharepoint/dev/apis/sharepoint-rest-graph
 */
const isSharePoint = (host: string): boolean => /^[^.]+\.sharepoint\.(?:com|us|cn)$/.test(host);

function split(word: string): { readonly resource?: string; readonly name: string } {
  const match = /^https?:\/\/([^/]+)\/{1,2}(.*)$/i.exec(word);
  return match ? { resource: (match[1] ?? '').toLowerCase(), name: match[2] ?? '' } : { name: word };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** Whether `granted` contains the scope, case-insensitively. */
export function hasScope(granted: readonly string[], scope: string): boolean {
  return granted.some((name) => name.toLowerCase() === scope.toLowerCase());
}

/** Whether `granted` contains all of `required`. */
export function covers(granted: readonly string[], required: readonly string[]): boolean {
  return required.every((scope) => hasScope(granted, scope));
}

const writing = [
  'files.readwrite',
  'files.readwrite.all',
  'files.readwrite.appfolder',
  'files.readwrite.selected',
  'sites.readwrite.all',
  'sites.manage.all',
  'sites.fullcontrol.all',
  'allsites.write',
  'allsites.manage',
  'allsites.fullcontrol',
  'myfiles.write',
  'onedrive.readwrite',
  'onedrive.appfolder',
];
const reading = [
  ...writing,
  'files.read',
  'files.read.all',
  'files.read.selected',
  'sites.read.all',
  'allsites.read',
  'myfiles.read',
  'onedrive.readonly',
];

/** The access that a route requires. */
export type Access = 'files.read' | 'files.write';

/** Whether the scopes of a token allow the access. */
export function allows(granted: readonly string[], access: Access): boolean {
  const enough = access === 'files.write' ? writing : reading;
  return granted.some((name) => enough.includes(name.toLowerCase()));
}

/** Removes the scopes that OpenID Connect and OAuth define. */
export function resourceScopes(names: readonly string[]): string[] {
  return names.filter((name) => !oidc.some((reserved) => reserved === name.toLowerCase()));
}
