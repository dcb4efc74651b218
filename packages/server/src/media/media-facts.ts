/**
 * What the bytes of a sound or a film tell: how long it is, how large its picture, and who made it. The reader of media
 * formats is loaded when the first such file is described, and reads only where the format keeps its facts.
 */
import type { IAudioMetadata } from 'music-metadata';
import type { MediaFacts } from '../live-v5/live-records.ts';
import { type RandomAccess, videoSize } from './video-size.ts';

/** Facts of a sound or a film whose content is in state `contentVersion`. What cannot be read is not there. */
export async function readMediaFacts(file: RandomAccess, contentVersion: number): Promise<MediaFacts> {
  const found = await parsed(file);
  const film = file.type.startsWith('video/');
  const own = film ? await videoSize(file) : undefined;
  const durationMs = own?.durationMs ?? milliseconds(found?.format.duration);
  return {
    contentVersion,
    durationMs,
    ...(film ? sizeOf(found, own) : {}),
    bitrate: film ? rate(file.size, durationMs) : Math.round(found?.format.bitrate ?? 0),
    ...(found === undefined ? {} : wordsOf(found)),
  };
}

async function parsed(file: RandomAccess): Promise<IAudioMetadata | undefined> {
  const { parseBlob } = await import('music-metadata');
  try {
    return await parseBlob(asBlob(file), { skipCovers: true, duration: false });
  } catch {
    return undefined; // a file that only has the name of a sound tells nothing; it is one all the same
  }
}

/** The part of a Blob that the reader uses, over bytes that stay where they are. */
function asBlob({ size, type, read }: RandomAccess): Blob {
  const slice = (start: number, end: number) => ({
    arrayBuffer: async () => {
      const bytes = await read(start, Math.min(end, size));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    },
  });
  return { size, type, slice } as unknown as Blob; // its stream and its text are never asked for
}

function milliseconds(seconds: number | undefined): number {
  return seconds !== undefined && Number.isFinite(seconds) ? Math.round(seconds * 1000) : 0;
}

/** Bits a second of the whole file. */
function rate(bytes: number, durationMs: number): number {
  return durationMs === 0 ? 0 : Math.round((bytes * 8000) / durationMs);
}

function sizeOf(found: IAudioMetadata | undefined, own: { width: number; height: number } | undefined) {
  if (own !== undefined) return { width: own.width, height: own.height };
  const track = found?.format.trackInfo.find(({ video }) => video?.pixelWidth !== undefined)?.video;
  return { width: track?.pixelWidth ?? 0, height: track?.pixelHeight ?? 0 };
}

function wordsOf({ common }: IAudioMetadata): Partial<MediaFacts> {
  const { title, artist, album, albumartist, genre } = common;
  return {
    title: text(title),
    artist: text(artist),
    album: text(album),
    albumArtist: text(albumartist),
    genre: text(genre?.join(', ')),
  };
}

/** Characters of a text that are kept: a broken file may hold any number of them. */
const longest = 1024;

function text(value: string | undefined): string | undefined {
  const trimmed = value?.replace(/\0+$/, '').trim().slice(0, longest) ?? '';
  return trimmed === '' ? undefined : trimmed;
}
