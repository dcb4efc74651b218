/** Gathers a list, which arrives as an async iterable, into an array. */

/** At most `limit` entries after the first `offset`; stops reading once it has them. */
export async function collect<T>(
  entries: AsyncIterable<T>,
  { offset = 0, limit = Infinity }: { readonly offset?: number; readonly limit?: number } = {},
): Promise<T[]> {
  const collected: T[] = [];
  if (limit <= 0) return collected;
  let at = 0;
  for await (const entry of entries) {
    if (at++ >= offset) collected.push(entry);
    if (collected.length >= limit) break;
  }
  return collected;
}
