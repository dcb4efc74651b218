/**
 * Keeps the API's own object beside the converted value of the drive layer. As a symbol, so that it appears
 * neither in JSON nor in a loop over the keys.
 */
const wireObject = Symbol.for('onedrive-kit.wire-object');

/** `value` with the API's own object beside it. */
export function withWireObject<T extends object>(value: T, object: object): T {
  return Object.defineProperty(value, wireObject, { value: object });
}

/** The API's own object; undefined if `value` is that object. */
export function wireObjectOf(value: object): object | undefined {
  return (value as { readonly [wireObject]?: object })[wireObject];
}
