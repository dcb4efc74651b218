/** How the library identifies itself to the service; the version is that of package.json (a test compares them). */
export const defaultUserAgent = 'NONISV|onedrive-kit|onedrive-kit/0.2.0';
