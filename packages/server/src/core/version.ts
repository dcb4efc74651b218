/** This package's version, for what the server says of itself; a test holds it to package.json. */
export const version = '0.2.0';
