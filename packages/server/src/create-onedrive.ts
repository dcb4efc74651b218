/** Composes an embedded OneDrive from its storage, routes and control features. */
import type { Clock, Random } from 'onedrive-kit/platform';
import { systemClock, systemRandom } from 'onedrive-kit/platform';
import { answerKept } from './core/answer-kept.ts';
import { background } from './core/background.ts';
import { ensureLookups } from './core/ensure-lookups.ts';
import { createHandler } from './core/handler.ts';
import type { Handler } from './core/http.ts';
import { nodeDigest, nodeSigner } from './core/node-crypto.ts';
import type { Route } from './core/route.ts';
import { defaultSettings, type Settings } from './core/settings.ts';
import { keepSigningKey, signingKey } from './core/signing-key.ts';
import { version } from './core/version.ts';
import { webHandler } from './core/web.ts';
import type { World } from './core/world.ts';
import { contentRoute } from './files/content/content-route.ts';
import { viewCounts } from './files/content/view-counts.ts';
import { monitorRoute } from './files/copies/monitor-route.ts';
import { drives } from './files/drives/drive-record.ts';
import { uploadUrlRoutes } from './files/uploads/upload-url-routes.ts';
import { readOrigins } from './guard/listed-origins.ts';
import { type IssueOptions, issueToken } from './identity/access-tokens.ts';
import type { ClientRegistration } from './identity/client-registration.ts';
import { defaultIdentitySettings, type IdentitySettings } from './identity/identity-settings.ts';
import { oauthRoutes } from './identity/routes.ts';
import { newSweepState } from './identity/sweep-state.ts';
import { nodeDeliver } from './listen/deliver.ts';
import { withoutTokens } from './listen/intercept/transfer-hosts.ts';
import { imageRoutes } from './media/image-routes.ts';
import { changeFeed } from './notifications/change-feed.ts';
import type { Deliver } from './notifications/deliver.ts';
import { pageRoutes } from './page/landing-page.ts';
import { sharedLinkRoutes } from './sharing/shared-link-routes.ts';
import { nodeSha1 } from './storage/directory/node-sha1.ts';
import { memoryStorage } from './storage/memory/memory-storage.ts';
import type { Storage } from './storage/storage.ts';
import { trackChanges } from './storage/track-changes.ts';
import { type Control, type ControlOptions, controlled, createControl } from './testing/control/control.ts';
import { controlRoutes } from './testing/control/control-routes.ts';
import { withGzipAnswers } from './testing/quirks/gzip-answers.ts';
import type { QuirkName } from './testing/quirks/quirks.ts';
import { syncVaults } from './testing/quirks/vault.ts';
import { withQuirks } from './testing/quirks/with-quirks.ts';
import { addToWorld, populate } from './testing/seed/populate.ts';
import type { AccountSeed, FolderSeed, Seed, SiteSeed } from './testing/seed/seed.ts';
import { versionContentRoute } from './versions/version-content-route.ts';

/** Options of a new embedded OneDrive. */
export interface OneDriveOptions extends ControlOptions {
  /** Default: memory. */
  readonly storage?: Storage;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Accounts to create if the storage has none. Default: one account. */
  readonly accounts?: readonly AccountSeed[];
  /** Sites of the business directory, created with the accounts: drives of the kind `documentLibrary`. */
  readonly sites?: readonly SiteSeed[];
  /**
   * Registered applications, created with the accounts and removed by a reset; those in `identity.clients` always remain.
   */
  readonly applications?: readonly ClientRegistration[];
  /** Kind of accounts whose seed does not specify it. Default: personal. */
  readonly kind?: 'personal' | 'business';
  /** Initial files of the first account's drive. */
  readonly seed?: FolderSeed;
  /** How webhooks are called. Default: over the network, https only except for this machine. */
  readonly deliver?: Deliver;
  readonly settings?: Partial<Omit<Settings, 'identity'>>;
  /** Origins of web pages on other machines that may call the server. Short for `settings: { cors }`. Default: none. */
  readonly cors?: readonly string[];
  /** Settings of sign-in, consent and tokens. */
  readonly identity?: Partial<IdentitySettings>;
  /** Accounts consent automatically: for clients without a browser. Short for `identity: { autoConsent: true }`. */
  readonly autoConsent?: boolean;
}

/** A running embedded OneDrive. */
export interface EmbeddedOneDrive {
  readonly handler: Handler;
  /** The same handler for web requests. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The dependencies of the routes; for tests and tools. */
  readonly world: World;
  /** The clock, the faults, the throttling and the request log of this server. */
  readonly control: Control;
  /** Issues an access token that is valid immediately. @throws Error if the account does not exist. */
  token(options?: IssueOptions): string;
  /** Deletes everything, including the files of a `storage` on disk, and creates the seed again. Tokens become invalid. */
  reset(): Promise<void>;
  /** Adds accounts, sites and applications. @throws ServiceError 400 for a name that OneDrive refuses. */
  add(seed: Seed): Promise<void>;
  /** Stops background work and closes the storage. */
  close(): Promise<void>;
}

/** Creates an embedded OneDrive. */
export async function createOneDrive(options: OneDriveOptions = {}): Promise<EmbeddedOneDrive> {
  const random = options.random ?? systemRandom;
  const tracked = trackChanges(options.storage ?? memoryStorage({ sha1: nodeSha1 }));
  const { storage } = tracked;
  const key = signingKey(storage, random);
  const control = createControl(options.clock ?? systemClock, options);
  const { world, setQuirks } = newWorld(options, { tracked, random, control, key });
  const kind = options.kind ?? 'personal';
  await populateWith(world, seedOf(options), kind);
  const reset = async () => {
    await storage.reset();
    world.processTokens.clear();
    keepSigningKey(storage, key);
    await populateWith(world, seedOf(options), kind);
  };
  const add = (seed: Seed) => addTo(world, seed, kind);
  const token = (options?: IssueOptions) => tokenFor(world, options);
  const anyHost = options.controlFromAnywhere ?? false;
  const actions = { version, anyHost, reset, seed: add, token, setQuirks };
  const routes = [...controlRoutes(control, actions), ...flatRoutes()];
  // Members of a batch pass through all decorators as if sent individually, but are stored and announced together.
  const core = createHandler(world, routes, (request) => observed(request));
  const observed: Handler = controlled(guarded(withQuirks(core, world), world), control, world);
  const handler = withGzipAnswers(answerKept(observed, world), world);
  return {
    handler,
    fetch: webHandler(handler),
    world,
    control,
    token,
    reset,
    add,
    async close() {
      await world.background.close();
      await storage.close();
    },
  };
}

/** What the routes see, and the function that replaces the enabled quirks. */
function newWorld(
  options: OneDriveOptions,
  made: {
    readonly tracked: ReturnType<typeof trackChanges>;
    readonly random: Random;
    readonly control: Control;
    readonly key: ReturnType<typeof signingKey>;
  },
) {
  const { tracked, random, control, key } = made;
  const { storage } = tracked;
  const settings = settingsOf(options);
  let { quirks } = settings;
  const world: World = {
    clock: control.clock,
    random,
    ...tracked,
    settings: {
      ...settings,
      get quirks() {
        return quirks;
      },
    },
    background: background(),
    digest: nodeDigest,
    sign: nodeSigner(key),
    deliver: options.deliver ?? nodeDeliver,
    feed: changeFeed(storage),
    subscriptionCheck: { after: '' },
    views: viewCounts(() => control.clock.now()),
    downloadUrls: { generation: 0 },
    processTokens: new Map(),
    tokenSweep: newSweepState(),
  };
  const setQuirks = (names: readonly QuirkName[]) => {
    quirks = names;
    syncVaults(world);
  };
  return { world, setQuirks };
}

/** Applies the quirk `transfer-hosts-reject-token`. */
function guarded(handler: Handler, { settings }: World): Handler {
  const strict = withoutTokens(handler);
  return (request) => (settings.quirks.includes('transfer-hosts-reject-token') ? strict : handler)(request);
}

async function populateWith(world: World, seed: Seed, kind: 'personal' | 'business'): Promise<void> {
  world.storage.write((records) => ensureLookups(records));
  await populate(world, seed, kind);
  syncVaults(world);
}

async function addTo(world: World, seed: Seed, kind: 'personal' | 'business'): Promise<void> {
  await addToWorld(world, seed, kind);
  syncVaults(world);
}

/** Routes outside of the drive API. */
function flatRoutes(): readonly Route[] {
  return [
    contentRoute,
    versionContentRoute,
    ...imageRoutes,
    monitorRoute,
    ...uploadUrlRoutes(),
    ...oauthRoutes,
    ...sharedLinkRoutes,
    ...pageRoutes,
  ];
}

function settingsOf(options: OneDriveOptions): Settings {
  const settings = { ...defaultSettings, ...options.settings, identity: identityOf(options) };
  return { ...settings, cors: readOrigins([...settings.cors, ...(options.cors ?? [])]) };
}

function identityOf({ identity, autoConsent }: OneDriveOptions): IdentitySettings {
  return { ...defaultIdentitySettings, ...(autoConsent === undefined ? {} : { autoConsent }), ...identity };
}

/** The options that form the seed. */
function seedOf({ accounts, sites, applications, seed }: OneDriveOptions): Seed {
  return {
    ...(accounts === undefined ? {} : { accounts }),
    ...(sites === undefined ? {} : { sites }),
    ...(applications === undefined ? {} : { applications }),
    ...(seed === undefined ? {} : { files: seed }),
  };
}

/** A token for the given account, or for the owner of the first drive. */
function tokenFor(world: World, options: IssueOptions = {}): string {
  if (options.application !== undefined) return issueToken(world, options);
  const account = options.account ?? firstOwner(world);
  return issueToken(world, account === undefined ? options : { ...options, account });
}

function firstOwner(world: World): string | undefined {
  const first = world.storage.read((records) => drives.each(records, 'number:').next().value);
  return first?.value.ownerId;
}
