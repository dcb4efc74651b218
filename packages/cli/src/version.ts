/** The version, inserted when the bundle is built (scripts/build-cli.mjs). */

declare const ONEDRIVE_CLI_VERSION: string | undefined;

/** As in package.json; `0.0.0-source` when the source runs unbundled. */
export const version: string =
  typeof ONEDRIVE_CLI_VERSION === 'undefined' ? '0.0.0-source' : ONEDRIVE_CLI_VERSION;
