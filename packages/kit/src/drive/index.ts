/** Drives at a high level: paths and ids, walking, uploads and downloads of any size. */

export { type DriveAddress, parseDriveAddress } from './address/drive-address.ts';
export { formatPath, normalisePath, parsePath } from './address/drive-path.ts';
export { findDrive, findSite, type LocatedItem, locateUrl, locationOf } from './address/find-drive.ts';
export { checkName, foldName, longestName, nameProblem } from './address/item-names.ts';
export { type ItemUrl, isItemUrl, readItemUrl } from './address/item-url.ts';
export { looksLikeId } from './address/looks-like-id.ts';
export { mapName, unmapName } from './address/mapped-names.ts';
export { type DriveOptions, resolve, type Target, type TargetReading } from './address/target.ts';
export type { ChangeOptions, LinkOptions, RemoveOptions } from './changing/change.ts';
export { type CopyAcrossOptions, copyAcross, moveAcross, type Place } from './changing/copy-across.ts';
export type { CopyOptions } from './changing/copy-options.ts';
export { type Destination, type DestinationOptions, destination } from './changing/destination.ts';
export type { MakeFolderOptions } from './changing/make-folder.ts';
export type { MoveOptions } from './changing/move.ts';
export { type RemoveOutcome, removeMany } from './changing/remove-many.ts';
export { type Drive, driveOn, openDrive } from './drive.ts';
export { MissingPath } from './explain-missing.ts';
export { diskUsage, type Usage, type UsageOptions } from './finding/disk-usage.ts';
export { type DuplicateGroup, findDuplicates } from './finding/duplicates.ts';
export { type EntryTest, type FindCriteria, findTest } from './finding/find.ts';
export { parseMoment, parseSize, parseSizeRange, type SizeRange } from './finding/measures.ts';
export { type NamePattern, namePattern, pathPattern } from './finding/name-pattern.ts';
export {
  planRestore,
  type RestoreBeforeOptions,
  type RestorePlan,
  restoreStep,
} from './history/restore-before.ts';
export type { RestoreStep } from './history/restore-plan.ts';
export {
  deleteTrash,
  listTrash,
  type RestoreTrashOptions,
  restoreTrash,
  type TrashEntry,
  type TrashOutcome,
} from './history/trash.ts';
export { pathInDrive } from './history/trash-path.ts';
export { type PruneRule, prunable } from './history/version-plan.ts';
export { downloadVersion, versionsOf } from './history/versions.ts';
export { type ItemKind, itemKind } from './item-kind.ts';
export type { Listing, ListOptions } from './listing/list.ts';
export { type ListingPlan, planListing, type SubtreeFacts } from './listing/listing-plan.ts';
export type { SearchOptions } from './listing/look-ups.ts';
export type { SubtreeOptions } from './listing/subtree.ts';
export type { TreeNode } from './listing/tree.ts';
export type { WalkEntry, WalkOptions } from './listing/walk.ts';
export type { OnProgress, Progress } from './progress.ts';
export { graphPlace } from './provider/graph-place.ts';
export { graphProvider } from './provider/graph-provider.ts';
export { bitsFrom, type LiveProviderOptions, liveProvider } from './provider/live-provider.ts';
export type { LiveUploadOptions } from './provider/live-upload.ts';
export type {
  ContentRange,
  ContentStream,
  CopyStart,
  CopyStatus,
  CopyTarget,
  DriveInfo,
  DriveProvider,
  FragmentRange,
  GraphPlace,
  ProviderCall,
  ProviderCapabilities,
  ProviderChange,
  ProviderList,
  ProviderSession,
  SessionAnswer,
  UploadTarget,
} from './provider/provider.ts';
export { itemsSharedWithMe, type SharedWithMe } from './sharing/shared-with-me.ts';
export { type Grant, grantOf, sharingAudit, whoOf } from './sharing/sharing-audit.ts';
export {
  previewPage,
  readThumbnail,
  type ThumbnailContent,
  type ThumbnailFacts,
  thumbnailsOf,
} from './thumbnails.ts';
export type { UploadInput } from './transfer/accepted-input.ts';
export { type ByteRange, parseByteRange } from './transfer/byte-range.ts';
export type { DownloadOptions } from './transfer/download-options.ts';
export { bytesSink, type FileSink, type SinkFacts, streamSink } from './transfer/file-sink.ts';
export {
  blobSource,
  bytesSource,
  type Chunks,
  type FileSource,
  type Fingerprint,
  type StreamSource,
  type WebStream,
} from './transfer/file-source.ts';
export {
  type DownloadRecord,
  deleteTransfer,
  listTransfers,
  type RecordedSpan,
  type RecordFacts,
  readTransfer,
  type TransferJournal,
  type TransferRecord,
  type TreeRecord,
  transferId,
  type UploadRecord,
} from './transfer/journal.ts';
export { type OpenedFile, open } from './transfer/open.ts';
export { type PathSinkOptions, pathSink } from './transfer/path-sink.ts';
export { pathSource } from './transfer/path-source.ts';
export type { ResumeOptions } from './transfer/resume-transfer.ts';
export { sizedStreamSource } from './transfer/sized-stream-source.ts';
export { type DriveName, driveNames, localNameText, type NameOptions } from './transfer/tree/drive-names.ts';
export {
  emptySummary,
  isIncomplete,
  type OmissionReason,
  type OmittedEvent,
  type SkipReason,
  type TransferEvent,
  type TransferSummary,
} from './transfer/tree/events.ts';
export type { LinkPolicy } from './transfer/tree/link-policy.ts';
export { alreadyUploaded, type LocalFacts, sameContent } from './transfer/tree/same-content.ts';
export {
  everything,
  type Selection,
  type SelectionRules,
  selectionOf,
  splitGlob,
} from './transfer/tree/selection.ts';
export type { LocalTree, TreeOptions } from './transfer/tree/tree-options.ts';
export type { TransferResult, UploadOptions } from './transfer/upload.ts';
export type { Verdict } from './transfer/verify.ts';
export type { ChangeSignal } from './watching/change-signal.ts';
export { type ChangeBelow, type DeltaBelow, deltaBelow } from './watching/delta-below.ts';
export {
  type ChannelConnection,
  type ChannelEvents,
  type ConnectChannel,
  type PushedChanges,
  pushedChanges,
} from './watching/pushed-changes.ts';
export { type DriveEvent, type WatchOptions, watchChanges } from './watching/watch-changes.ts';
export type { DriveContext, DriveWorld, SpoolPlace } from './world.ts';
