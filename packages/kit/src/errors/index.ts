/** The typed errors of this project. */
export type { ErrorCode } from './codes.ts';
export { GraphError, type GraphErrorDetails } from './graph-error.ts';
export type {
  CommandStep,
  HintSentence,
  HintStep,
  NameStep,
  OperationStep,
  OptionStep,
  SignInStep,
} from './hint.ts';
export { LiveError, type LiveErrorDetails } from './live-error.ts';
export { isOneDriveError, OneDriveError, type OneDriveErrorOptions } from './onedrive-error.ts';
