/** Makes a value when it is first asked for, once, however many ask meanwhile. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
