/**
 * The documented success of every call to the Live v5.0 API: its statuses, and whether the body is a JSON
 * object. Sources: the pages that the endpoint functions link to; for BITS [MC-BUP]. For some calls, pages
 * document 200 but the service returned 201, so these calls accept both.
 */
import { any, json, none, redirects } from '../http/contract.ts';

const read = json(200);
const create = json(201, 200);

/** The contract of each kind of call. */
export const contracts = {
  /** Any call of the older class, whose kind is unknown. */
  call: json(200, 201, 202),
  create,
  delete: none(204),
  getContent: any(200, 206, ...redirects),
  getPictureUrl: any(...redirects),
  put: create,
  read,
  readSource: any(200, 206, ...redirects),
  transfer: create,
  update: read,
} as const;

/** The packets of a BITS upload, whose acknowledgement is in the headers. */
export const packetContracts = {
  'Create-Session': any(200, 201),
  Fragment: any(200, 416),
  Ping: any(200),
  'Close-Session': any(200, 201),
  'Cancel-Session': any(200, 400, 404, 410),
} as const;
