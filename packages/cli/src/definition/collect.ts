/** Lists come as async iterables; what prints them whole needs them whole. */

/** Gathers at most `limit` entries after leaving out the first `offset`; stops asking for more once it has them. */
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
