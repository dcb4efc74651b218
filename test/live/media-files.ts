/** Small audio and video files, built from the specifications of their formats. */
const ascii = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
const be32 = (value: number): number[] => [24, 16, 8, 0].map((bits) => (value >>> bits) & 0xff);
const le32 = (value: number): number[] => be32(value).reverse();
const le16 = (value: number): number[] => [value & 0xff, value >> 8];
const zeros = (count: number): number[] => new Array<number>(count).fill(0);

export type File = Uint8Array<ArrayBuffer>;

/** Silence of the given number of seconds: 8,000 one-byte samples per second, with title and artist in LIST INFO. */
export function wav(seconds: number, title: string, artist: string): File {
  const rate = 8000;
  const info = [...ascii('INFO'), ...infoPart('INAM', title), ...infoPart('IART', artist)];
  const data = zeros(rate * seconds).fill(128);
  const chunks = [
    ...[...ascii('fmt '), ...le32(16), ...le16(1), ...le16(1), ...le32(rate), ...le32(rate)],
    ...[...le16(1), ...le16(8), ...ascii('LIST'), ...le32(info.length), ...info],
    ...[...ascii('data'), ...le32(data.length), ...data],
  ];
  return Uint8Array.from([...ascii('RIFF'), ...le32(chunks.length + 4), ...ascii('WAVE'), ...chunks]);
}

function infoPart(name: string, text: string): number[] {
  const value = [...ascii(text), 0];
  if (value.length % 2 === 1) value.push(0);
  return [...ascii(name), ...le32(value.length), ...value];
}

const box = (name: string, content: readonly number[]): number[] => [
  ...be32(content.length + 8),
  ...ascii(name),
  ...content,
];

/** An MP4 with one video track without frames; `moov` follows 64 KiB of other data, as written by cameras. */
export function mp4({
  width,
  height,
  seconds,
  turned = false,
}: {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly turned?: boolean;
}): File {
  const one = 0x10000;
  const matrix = turned
    ? [0, one, 0, -one, 0, 0, height * one, 0, 0x40000000]
    : [one, 0, 0, 0, one, 0, 0, 0, 0x40000000];
  const placed = [...matrix.flatMap(be32), ...be32(width * one), ...be32(height * one)];
  const track = [...be32(3), ...zeros(8), ...be32(1), ...zeros(4), ...be32(seconds * 600), ...zeros(16)];
  const movie = [...zeros(12), ...be32(600), ...be32(seconds * 600), ...be32(one), ...zeros(76)];
  const media = [...zeros(12), ...be32(600), ...be32(seconds * 600), ...zeros(4)];
  const handler = [...zeros(8), ...ascii('vide'), ...zeros(12), 0];
  const trak = [
    ...box('tkhd', [...track, ...placed]),
    ...box('mdia', [...box('mdhd', media), ...box('hdlr', handler)]),
  ];
  return Uint8Array.from([
    ...box('ftyp', [...ascii('isom'), ...be32(512), ...ascii('isommp41')]),
    ...box('mdat', zeros(65536)),
    ...box('moov', [...box('mvhd', movie), ...box('trak', trak)]),
  ]);
}

/** The header of an AVI file. */
export function avi(width: number, height: number, frames: number): File {
  const head = [
    ...[...le32(40_000), ...zeros(12), ...le32(frames), ...zeros(12)],
    ...[...le32(width), ...le32(height), ...zeros(16)],
  ];
  const list = [...ascii('hdrl'), ...ascii('avih'), ...le32(head.length), ...head];
  const body = [...ascii('AVI '), ...ascii('LIST'), ...le32(list.length), ...list];
  return Uint8Array.from([...ascii('RIFF'), ...le32(body.length), ...body]);
}
