/** Derives the MIME type and the media facets from a file name. */
import mime from 'mime';
import type { DriveKind } from '../people/account-record.ts';

/** The MIME type for a name's extension. */
export function mimeTypeOf(name: string): string {
  return mime.getType(name) ?? 'application/octet-stream';
}

type Facets = Readonly<Record<string, Record<string, never>>>;

/**
 * The media facets of a file. Personal drives have image, photo, audio and video facets; business drives have only the image
 * facet. https://learn.microsoft.com/onedrive/developer/rest-api/resources/driveitem
 */
export function mediaFacets(mimeType: string, drive: DriveKind): Facets {
  const [family] = mimeType.split('/');
  if (family === 'image') return drive === 'personal' ? { image: {}, photo: {} } : { image: {} };
  if (drive !== 'personal') return {};
  if (family === 'audio') return { audio: {} };
  return family === 'video' ? { video: {} } : {};
}
