/**
 * The documented success of every call to Microsoft Graph: its statuses, and whether the body is a JSON
 * object. If the service is known to return another status than its page documents, both are listed. Sources:
 * the page that each endpoint function links to; for monitors
 * https://learn.microsoft.com/graph/long-running-actions-overview and
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/long-running-actions
 */
import { any, json, none, redirects } from '../http/contract.ts';

const read = json(200);
const done = none(204);

/** The contract of each endpoint function, by its name. */
export const contracts = {
  addShortcut: json(201, 200),
  batch: read,
  cancelUploadSession: none(204, 404, 410),
  checkIn: done,
  checkOut: done,
  commitUploadSession: json(201, 200),
  copyItem: none(202),
  createFolder: json(201, 200),
  createLink: json(201, 200),
  createUploadSession: read,
  deleteFromRecycleBin: none(204, 200, 207),
  deleteItem: done,
  deletePermission: done,
  deleteVersion: done,
  discardCheckOut: done,
  getContentUrl: any(200, ...redirects),
  getMonitor: any(200, 202, ...redirects),
  getVersionContent: any(200, ...redirects),
  invite: json(200, 207),
  list: read,
  permanentDelete: done,
  putContent: json(200, 201),
  putFragment: json(200, 201, 202),
  read,
  readContent: any(200, 206, ...redirects),
  restoreFromRecycleBin: json(200, 207),
  restoreItem: read,
  restoreVersion: done,
  updateItem: json(200, 204),
  updateListItemFields: json(200, 201),
  updatePermission: read,
} as const;
