/**
 * What a wire said, kept beside the shape that the drive layer works on, where the two differ. Under a symbol, so that
 * neither JSON nor a loop over the keys meets it.
 */
const wireObject = Symbol.for('onedrive-kit.wire-object');

/** `value` with the wire's own object beside it. */
export function withWireObject<T extends object>(value: T, object: object): T {
  return Object.defineProperty(value, wireObject, { value: object });
}

/** The wire's own object; undefined where `value` is already that. */
export function wireObjectOf(value: object): object | undefined {
  return (value as { readonly [wireObject]?: object })[wireObject];
}
