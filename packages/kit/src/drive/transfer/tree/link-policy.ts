/** What tree transfers do with symbolic links. */

/**
 * Symbolic links on the local side, below the folder that the caller named: `skip` reports each as omitted, `fail` as
 * failed, `follow` uses what it points to.
 */
export type LinkPolicy = 'skip' | 'follow' | 'fail';
