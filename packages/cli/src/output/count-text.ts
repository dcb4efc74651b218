/** Formats a count with its noun: `1 object`, `3 objects`. */
export function countText(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
