/** What a name says about a file: its MIME type, and which media facets the service derives from it. */
import mime from 'mime';
import type { DriveKind } from '../people/account-record.ts';

/** The MIME type that a name's extension stands for. */
export function mimeTypeOf(name: string): string {
  return mime.getType(name) ?? 'application/octet-stream';
}

type Facets = Readonly<Record<string, Record<string, never>>>;

/**
 * The media facets of a file. Personal drives describe images, photos, sounds and films; business drives only say
 * that something is an image. https://learn.microsoft.com/onedrive/developer/rest-api/resources/driveitem
 */
export function mediaFacets(mimeType: string, drive: DriveKind): Facets {
  const [family] = mimeType.split('/');
  if (family === 'image') return drive === 'personal' ? { image: {}, photo: {} } : { image: {} };
  if (drive !== 'personal') return {};
  if (family === 'audio') return { audio: {} };
  return family === 'video' ? { video: {} } : {};
}
