/** How tree transfers treat symbolic links. */

/**
 * Policy for local symbolic links below the folder that the caller named: `skip` reports each as omitted, `fail` as
 * `failed`, `follow` uses its target.
 */
export type LinkPolicy = 'skip' | 'follow' | 'fail';
