/** Values as people read them. */

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes with a unit: `512 B`, `1.5 MiB`. */
export function sizeText(bytes: number): string {
  let index = 0;
  let value = bytes;
  for (; value >= 1024 && index < units.length - 1; index++) value /= 1024;
  return `${index === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[index] ?? ''}`;
}

/** A count with its noun: `1 file`, `12,000 files`. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A date, and for {@link fullTimeText} the time too. */
export function dateText(iso: string | undefined): string {
  return iso === undefined ? '' : day.format(new Date(iso));
}

export function fullTimeText(iso: string | undefined): string {
  return iso === undefined ? '' : dayAndTime.format(new Date(iso));
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
