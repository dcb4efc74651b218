/** URLs in responses. They have the scheme and host of the request, so that a client behind a proxy can use them. */
import { base64url } from '../core/base-encodings.ts';
import type { World } from '../core/world.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { isCloudHost } from '../listen/intercept/cloud-hosts.ts';
import { downloadOrigin, type Transfer, transferBase } from '../listen/intercept/transfer-hosts.ts';

export interface Links {
  /** Scheme and host, without a trailing slash. */
  readonly origin: string;
  /** Origin and API prefix, `https://host/v1.0`. */
  readonly base: string;
  /** A pre-authenticated URL that expires. */
  download(drive: DriveRecord, item: ItemRecord): string;
  /** The upload URL of the session with that secret. */
  upload(drive: DriveRecord, secret: string): string;
  /** The monitor URL of a copy. */
  monitor(drive: DriveRecord, secret: string): string;
  /** Origin of pre-authenticated URLs for content. */
  downloads(drive: DriveRecord): string;
  /** A rendered image; pre-authenticated. */
  thumbnail(drive: DriveRecord, item: ItemRecord, size: string): string;
  /** The image as JPEG. */
  converted(drive: DriveRecord, item: ItemRecord, size: string): string;
  /** The file, displayed in a browser. */
  preview(drive: DriveRecord, item: ItemRecord): string;
  /** The web page of an item. */
  web(drive: DriveRecord, item: ItemRecord, path: readonly string[]): string;
  /** A sharing link. It has as many segments as the service's links, because some clients count them. */
  share(drive: DriveRecord, item: ItemRecord, token: string): string;
  /** The address for an iframe. */
  embed(drive: DriveRecord, item: ItemRecord, token: string): string;
}

/** Base address of web pages for clients that use this server under Microsoft's host names. */
const pagesOf = {
  personal: 'https://onedrive.live.com',
  business: 'https://contoso-my.sharepoint.com',
  documentLibrary: 'https://contoso.sharepoint.com',
} as const;

type LinkWorld = Pick<World, 'clock' | 'settings' | 'sign' | 'downloadUrls'>;

/** The links for the last request to each server. */
const latest = new WeakMap<LinkWorld, Latest>();

interface Latest {
  readonly links: Links;
  readonly expires: number;
  readonly generation: number;
}

/** Links for one request. Requests with the same inputs get the same object. */
export function linksOf(world: LinkWorld, origin: string, prefix: string): Links {
  const expires = expiryOf(world);
  const { generation } = world.downloadUrls;
  const last = latest.get(world);
  if (last?.expires === expires && last.generation === generation) {
    const { links } = last;
    if (links.origin === origin && links.base === origin + prefix) return links;
  }
  const links = makeLinks(world, origin, prefix, expires);
  latest.set(world, { links, expires, generation });
  return links;
}

/**
 * Expiry time in seconds since the epoch. It is rounded down by up to a sixtieth of the lifetime, so that the URL of a file
 * stays the same for a while.
 */
function expiryOf({ clock, settings }: LinkWorld): number {
  const { downloadLifetime } = settings;
  const latest = Math.ceil((clock.now() + downloadLifetime) / 1000);
  return latest - (latest % Math.max(1, Math.floor(downloadLifetime / 60_000)));
}

function makeLinks(world: LinkWorld, origin: string, prefix: string, expires: number): Links {
  const pages = world.settings.webOrigin ?? (isCloudHost(new URL(origin).hostname) ? undefined : origin);
  const separateHosts = world.settings.transferHosts;
  const base = ({ kind }: DriveRecord, transfer: Transfer): string =>
    transferBase(origin, separateHosts ? kind : undefined, transfer);
  const downloads = ({ kind }: DriveRecord): string =>
    separateHosts ? downloadOrigin(origin, kind) : origin;
  const webOf = ({ kind }: DriveRecord): string => pages ?? pagesOf[kind];
  return {
    origin,
    base: `${origin}${prefix}`,
    download: (drive, item) => base(drive, 'download') + downloadTicket(world, drive, item, expires),
    downloads,
    upload: (drive, secret) => base(drive, 'upload') + secret,
    monitor: (drive, secret) => base(drive, 'monitor') + secret,
    thumbnail: (drive, item, size) =>
      `${downloads(drive)}/_thumb/${downloadTicket(world, drive, item, expires)}/${size}`,
    converted: (drive, item, size) =>
      `${downloads(drive)}/_converted/${downloadTicket(world, drive, item, expires)}/${size}`,
    preview: (drive, item) => `${downloads(drive)}/_preview/${downloadTicket(world, drive, item, expires)}`,
    web(drive, item, path) {
      if (drive.kind === 'personal')
        return `${webOf(drive)}/?cid=${drive.id}&id=${encodeURIComponent(item.id)}`;
      return [
        `${webOf(drive)}/${drive.webPath ?? `personal/${drive.ownerId}/Documents`}`,
        ...path.map(encodeURIComponent),
      ].join('/');
    },
    share(drive, item, token) {
      const letter = item.rank === 0 ? 'f' : 'u';
      return drive.kind === 'personal'
        ? `${pages ?? 'https://1drv.ms'}/${letter}/s!${token}`
        : `${webOf(drive)}/:${letter}:/${drive.webPath === undefined ? `g/personal/${drive.ownerId}` : `s/${drive.webPath.split('/')[1] ?? 'root'}`}/${token}`;
    },
    embed: (drive, item, token) =>
      `${webOf(drive)}/embed?cid=${drive.id}&resid=${encodeURIComponent(item.id)}&authkey=${token}`,
  };
}

/** `drive.item.expiry.round.signature`: all data for a download, with a signature so that it cannot be forged. */
export function downloadTicket(
  world: Pick<World, 'sign' | 'downloadUrls'>,
  drive: Pick<DriveRecord, 'number'>,
  item: Pick<ItemRecord, 'key'>,
  expires: number,
): string {
  const { generation } = world.downloadUrls;
  const text = [drive.number, item.key, expires, generation].map((value) => value.toString(36)).join('.');
  return `${text}.${world.sign(`download ${text}`)}`;
}

/** Decodes a ticket; undefined if its signature is invalid. */
export function readDownloadTicket(
  world: Pick<World, 'sign'>,
  ticket: string,
): { readonly drive: number; readonly item: number; readonly expires: number } | undefined {
  const match = /^([\da-z]+)\.([\da-z]+)\.([\da-z]+)\.([\da-z]+)\.([\w-]+)$/.exec(ticket);
  if (match === null) return undefined;
  const text = match.slice(1, 5).join('.');
  if (match[5] !== world.sign(`download ${text}`)) return undefined;
  const [drive = 0, item = 0, expires = 0] = match.slice(1, 4).map((part) => Number.parseInt(part, 36));
  return { drive, item, expires };
}

/** A random secret for a URL. */
export function secretName(world: Pick<World, 'random'>): string {
  return base64url(world.random.bytes(24));
}
