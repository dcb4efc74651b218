/** Special folders: https://learn.microsoft.com/graph/api/drive-get-specialfolder */
import type { DriveKind } from '../../people/account-record.ts';

const personal = ['approot', 'cameraroll', 'desktop', 'documents', 'music', 'photos'] as const;
const business = ['approot', 'documents', 'photos', 'recordings'] as const;

/** The names of special folders by kind of drive. */
export function specialFolders(kind: DriveKind): readonly string[] {
  return kind === 'personal' ? personal : business;
}

const places: Readonly<Record<string, readonly string[]>> = {
  approot: ['Apps', 'Graph'],
  cameraroll: ['Pictures', 'Camera Roll'],
  desktop: ['Desktop'],
  documents: ['Documents'],
  music: ['Music'],
  photos: ['Pictures'],
  recordings: ['Recordings'],
};

/** The path where the special folder is created; undefined if the drive does not support it. */
export function specialFolderPath(kind: DriveKind, name: string): readonly string[] | undefined {
  return specialFolders(kind).includes(name) ? places[name] : undefined;
}

/** The special folder that a folder at the root with that (folded) name becomes. */
export function specialNameAtRoot(kind: DriveKind, folded: string): string | undefined {
  return specialFolders(kind).find((name) => {
    const place = places[name];
    return place?.length === 1 && place[0]?.toLowerCase() === folded;
  });
}
