/** Formats sizes for users: `24.9G`. */

const units = ['B', 'K', 'M', 'G', 'T', 'P'] as const;

/**
 * Bytes in binary units with one decimal, rounded down: a drive of 25.0G with one small file has 24.9G free, so that the
 * printed free space is never more than there is.
 */
export function humanSize(bytes: number): string {
  let scaled = Math.max(0, bytes);
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${(Math.floor(scaled * 10) / 10).toFixed(1)}${units[unit] ?? ''}`;
}
