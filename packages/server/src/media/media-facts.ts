/**
 * Metadata of audio and video files: duration, picture size, title and artist. The parser of media formats is loaded
 * with the first such file, and reads only the parts of the file that hold metadata.
 */
import type { IAudioMetadata } from 'music-metadata';
import type { MediaFacts } from '../live-v5/live-records.ts';
import { type RandomAccess, videoSize } from './video-size.ts';

/** Metadata of an audio or video file whose content has version `contentVersion`. Omits unreadable properties. */
export async function readMediaFacts(file: RandomAccess, contentVersion: number): Promise<MediaFacts> {
  const metadata = await parsed(file);
  const isVideo = file.type.startsWith('video/');
  const video = isVideo ? await videoSize(file) : undefined;
  const durationMs = video?.durationMs ?? milliseconds(metadata?.format.duration);
  return {
    contentVersion,
    durationMs,
    ...(isVideo ? sizeOf(metadata, video) : {}),
    bitrate: isVideo ? rate(file.size, durationMs) : Math.round(metadata?.format.bitrate ?? 0),
    ...(metadata === undefined ? {} : tagsOf(metadata)),
  };
}

async function parsed(file: RandomAccess): Promise<IAudioMetadata | undefined> {
  const { parseBlob } = await import('music-metadata');
  try {
    return await parseBlob(asBlob(file), { skipCovers: true, duration: false });
  } catch {
    return undefined; // content that does not match its file name extension has no metadata, but keeps its type
  }
}

/** The part of a Blob that the parser uses; reads ranges on demand. */
function asBlob({ size, type, read }: RandomAccess): Blob {
  const slice = (start: number, end: number) => ({
    arrayBuffer: async () => {
      const bytes = await read(start, Math.min(end, size));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    },
  });
  return { size, type, slice } as unknown as Blob; // the parser never calls stream() and text()
}

function milliseconds(seconds: number | undefined): number {
  return seconds !== undefined && Number.isFinite(seconds) ? Math.round(seconds * 1000) : 0;
}

/** Bits per second of the whole file. */
function rate(bytes: number, durationMs: number): number {
  return durationMs === 0 ? 0 : Math.round((bytes * 8000) / durationMs);
}

function sizeOf(metadata: IAudioMetadata | undefined, size: { width: number; height: number } | undefined) {
  if (size !== undefined) return { width: size.width, height: size.height };
  const track = metadata?.format.trackInfo.find(({ video }) => video?.pixelWidth !== undefined)?.video;
  return { width: track?.pixelWidth ?? 0, height: track?.pixelHeight ?? 0 };
}

function tagsOf({ common }: IAudioMetadata): Partial<MediaFacts> {
  const { title, artist, album, albumartist, genre } = common;
  return {
    title: text(title),
    artist: text(artist),
    album: text(album),
    albumArtist: text(albumartist),
    genre: text(genre?.join(', ')),
  };
}

/** Characters: longer texts are cut, because a broken file may hold any number. */
const maxTextLength = 1024;

function text(value: string | undefined): string | undefined {
  const trimmed = value?.replace(/\0+$/, '').trim().slice(0, maxTextLength) ?? '';
  return trimmed === '' ? undefined : trimmed;
}
