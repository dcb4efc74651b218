/** The version of this package, for the server's own description; a test compares it with package.json. */
export const version = '0.2.0';
