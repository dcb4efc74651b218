/**
 * Width, height and duration of a video, which audio parsers ignore. Formats: ISO/IEC 14496-12 (MP4, MOV,
 * 3GP: `moov/mvhd` and `moov/trak/tkhd`) and AVI's main header (AVIMAINHEADER in Microsoft's "AVI RIFF File Reference").
 */

/** A file with random access. */
export interface RandomAccess {
  readonly size: number;
  /** The MIME type. */
  readonly type: string;
  /** Bytes [start, end). */
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
}

export interface VideoSize {
  /** Pixels as displayed. */
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}

/** Size and duration; undefined if the format is unsupported or broken. */
export async function videoSize(file: RandomAccess): Promise<VideoSize | undefined> {
  const head = await file.read(0, Math.min(file.size, 72));
  try {
    return (await mp4(file)) ?? avi(viewOf(head));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const name = (view: DataView, at: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4));

interface Box {
  readonly name: string;
  /** Offsets of its content, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Boxes that are read at one level: a broken file may claim any number. */
const maxBoxes = 1000;

/** The boxes between two offsets. */
async function* boxes(file: RandomAccess, from: number, to: number): AsyncGenerator<Box> {
  for (let at = from, count = 0; at + 8 <= to && count < maxBoxes; count++) {
    const view = viewOf(await file.read(at, Math.min(to, at + 16)));
    const short = view.getUint32(0);
    const long = short === 1;
    const length = long ? Number(view.getBigUint64(8)) : short === 0 ? to - at : short;
    if (length < (long ? 16 : 8)) return;
    const end = Math.min(to, at + length);
    yield { name: name(view, 4), start: at + (long ? 16 : 8), end };
    at = end;
  }
}

async function mp4(file: RandomAccess): Promise<VideoSize | undefined> {
  for await (const box of boxes(file, 0, file.size)) if (box.name === 'moov') return movie(file, box);
  return undefined;
}

async function movie(file: RandomAccess, moov: Box): Promise<VideoSize> {
  let size = { width: 0, height: 0 };
  let durationMs = 0;
  for await (const box of boxes(file, moov.start, moov.end)) {
    if (box.name === 'mvhd') durationMs = durationOf(viewOf(await content(file, box)));
    if (box.name !== 'trak') continue;
    for await (const inner of boxes(file, box.start, box.end)) {
      if (inner.name !== 'tkhd') continue;
      const track = displaySize(viewOf(await content(file, inner)));
      if (track.width > size.width) size = track;
    }
  }
  return { ...size, durationMs };
}

/** Bytes: no supported header is longer, whatever a broken file claims. */
const maxHeaderSize = 128;

function content(file: RandomAccess, { start, end }: Box): Promise<Uint8Array> {
  return file.read(start, Math.min(end, start + maxHeaderSize));
}

/** `mvhd`: version and flags, two times, a time scale, a duration in units of it; times have 64 bits in version 1. */
function durationOf(view: DataView): number {
  const wide = view.getUint8(0) === 1;
  const scale = view.getUint32(wide ? 20 : 12);
  const units = wide ? Number(view.getBigUint64(24)) : view.getUint32(16);
  return scale === 0 ? 0 : Math.round((units * 1000) / scale);
}

/**
 * `tkhd`: a matrix of nine numbers, then the size as 16.16 fixed point; 0 for audio. A track rotated by 90 degrees has
 * its sides swapped.
 */
function displaySize(view: DataView): { readonly width: number; readonly height: number } {
  const at = view.getUint8(0) === 1 ? 88 : 76;
  const width = Math.round(view.getUint32(at) / 0x10000);
  const height = Math.round(view.getUint32(at + 4) / 0x10000);
  const rotated = view.getInt32(at - 36) === 0 && view.getInt32(at - 32) !== 0;
  return rotated ? { width: height, height: width } : { width, height };
}

/** `RIFF…AVI LIST…hdrl avih`: microseconds per frame, number of frames, and the size. */
function avi(view: DataView): VideoSize | undefined {
  if (view.byteLength < 72 || name(view, 0) !== 'RIFF' || name(view, 8) !== 'AVI ') return undefined;
  if (name(view, 24) !== 'avih') return undefined;
  const durationMs = Math.round((view.getUint32(32, true) * view.getUint32(48, true)) / 1000);
  return { width: view.getUint32(64, true), height: view.getUint32(68, true), durationMs };
}
