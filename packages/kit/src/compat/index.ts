/**
 * The layering of the older Python tool under its names, for porting code: HTTP client, sign-in, wrapper
 * without added behavior, convenience, configuration. As in that tool, each is a subclass of the one before.
 * Every method is one call to the layers of this package; new code should use `onedrive-kit` itself, which
 * streams and supports Microsoft Graph.
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
