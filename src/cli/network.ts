/**
 * How requests travel: the transport of Node or of the embedded server, and what wraps it, in the design's order:
 * trace ∘ retry ∘ pace ∘ authorize ∘ timeout.
 */
import type { GraphClient } from '../graph/client.ts';
import { authorize } from '../http/authorize.ts';
import type { TokenCredential } from '../http/token-credential.ts';
import { compose, type Transport } from '../http/transport.ts';
import type { Context } from './context.ts';
import type { GlobalFlags } from './flags.ts';
import type { World } from './world.ts';

/** Where a client's requests go and who signs them. */
export interface Route {
  readonly transport: Transport;
  readonly credential: TokenCredential;
  readonly baseUrl: string;
}
