/** Formats times and durations for users. */

/** `12 s`, `3 min`, `1 h 20 min`; rounded up, because it is printed for waits. */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return ms < 1000 ? `${String(Math.ceil(ms))} ms` : `${String(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `${String(minutes)} min`;
  const rest = minutes % 60;
  return `${String(Math.floor(minutes / 60))} h${rest === 0 ? '' : ` ${String(rest)} min`}`;
}

/**
 * The local time `14:05`; with the date if it is not on the day of `now`.
 * @param withSeconds for waits that end soon
 */
export function timeText(at: number, now: number, withSeconds = false): string {
  const time = clockFace(at, withSeconds);
  if (new Date(at).toDateString() === new Date(now).toDateString()) return time;
  return `${dateText(at)} ${time}`;
}

/** The local date and time: `2026-01-31 14:05`. */
export function dateTimeText(at: number): string {
  return `${dateText(at)} ${clockFace(at, false)}`;
}

function dateText(at: number): string {
  const date = new Date(at);
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function clockFace(at: number, withSeconds: boolean): string {
  const date = new Date(at);
  const short = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return withSeconds ? `${short}:${two(date.getSeconds())}` : short;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
