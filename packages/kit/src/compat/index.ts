/**
 * The layering of the older Python tool by its names, for people who port code: HTTP client, sign-in, unbiased
 * wrapper, convenience, configuration, each a subclass of the one before, as it was. Every method is one call into the
 * layers of this package; new code is better off with `onedrive-kit` itself, which streams and speaks Microsoft Graph.
 * @module
 */
export {
  type DataList,
  type ListdirOptions,
  OneDriveAPI,
  type QuotaPair,
  type ResolveOptions,
} from './api.ts';
export { OneDriveAPIWrapper, type PutBitsOptions, type PutOptions } from './api-wrapper.ts';
export { authRedirectUriMobile, OneDriveAuth, type OneDriveConfig } from './auth.ts';
export {
  APIAuthError,
  AuthenticationError,
  AuthMissingError,
  DoesNotExists,
  NoAPISupportError,
  OneDriveInteractionError,
  ProtocolError,
} from './errors.ts';
export { type AdapterSettings, OneDriveHTTPClient, type RequestKeywords } from './http-client.ts';
export { type ConfOptions, PersistentOneDriveAPI } from './persistent.ts';
export type { UploadSource } from './upload-source.ts';
