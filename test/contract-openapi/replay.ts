/** Plays a documented request on a server: placeholders filled, ids of the page replaced by such that exist. */
import type { Answer } from '../server/world.ts';
import type { Scene } from './example-world.ts';
import type { Example } from './examples.ts';

/** How an example differs from the plain case. */
export interface Staging {
  /** Default: business. */
  readonly kind?: 'personal' | 'business';
  /** What `{item-id}` and its likes stand for: a name of the scene. Default: the file. */
  readonly item?: string;
  /** Instead of the page's own. */
  readonly url?: string;
  readonly body?: (scene: Scene) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Done first. */
  readonly before?: (scene: Scene) => Promise<unknown>;
  /** Documented properties that the service does not send to everyone, or no more; with the reason. */
  readonly lacks?: Readonly<Record<string, string>>;
  /** Why the status is another one. */
  readonly status?: readonly [number, string];
}

/** Sends the request of `example` and gives the answer. */
export async function replay(scene: Scene, example: Example, staging: Staging): Promise<Answer> {
  await staging.before?.(scene);
  const url = filled(staging.url ?? example.url, scene, staging);
  const plain = url.replace(/^https:\/\/graph\.microsoft\.com\/(v1\.0|beta)/, '');
  const body = staging.body === undefined ? example.body : await staging.body(scene);
  const text = typeof body === 'string' ? body.replaceAll(/(?<!\r)\n/g, '\r\n') : body;
  return scene.onedrive.ask(example.method, plain, {
    headers: { ...example.headers, ...staging.headers },
    ...(text === null || text === undefined ? {} : { body: text }),
    anonymous: plain.includes('/_upload/') || plain.includes('/_content/'),
  });
}

function filled(url: string, { values }: Scene, { item = 'file' }: Staging): string {
  const stands: Readonly<Record<string, string | undefined>> = {
    'drive-id': values['drive'],
    'item-id': url.includes('/lists/') ? values['row'] : values[item],
    'folder-id': values['folder'],
    'folder-item-id': values['folder'],
    'parent-item': values['folder'],
    'local-item-id': values['shortcut'] ?? values['file'],
    'special-folder-name': 'documents',
    name: 'documents',
    'item-path': 'new/largefile.dat',
    'path-relative-to-root': 'Documents',
    'perm-id': values['permission'],
    'version-id': '1.0',
    'thumb-id': '0',
    size: 'small',
    format: 'jpg',
    'search-query': 'Contoso Project',
    query: 'Team',
    'site-id': values['site'],
    'list-id': values['list'],
    'list-title': values['listTitle'],
    hostname: values['site']?.split(',')[0],
    'relative-path': 'sites/siteA',
    shareIdOrEncodedSharingUrl: values['share'],
    shareIdOrUrl: values[item === 'folder' ? 'folderShare' : 'share'],
    'encoded-sharing-url': values['share'],
    'user-id': 'misty@contoso.com',
    id: values['subscription'],
  };
  return url.replaceAll(/\{([\w-]+)\}/g, (whole, name: string) => stands[name] ?? values[name] ?? whole);
}
