/** Puts an embedded OneDrive together: its world, its routes and its instruments, round one storage. */
import type { Clock, Random } from 'onedrive-kit/platform';
import { systemClock, systemRandom } from 'onedrive-kit/platform';
import { answerKept } from './core/answer-kept.ts';
import { background } from './core/background.ts';
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
import { type Control, type ControlOptions, controlled, createControl } from './testing/control/control.ts';
import { controlRoutes } from './testing/control/control-routes.ts';
import { withGzipAnswers } from './testing/quirks/gzip-answers.ts';
import { syncVaults } from './testing/quirks/vault.ts';
import { withQuirks } from './testing/quirks/with-quirks.ts';
import { addToWorld, populate } from './testing/seed/populate.ts';
import type { AccountSeed, FolderSeed, Seed, SiteSeed } from './testing/seed/seed.ts';
import { versionContentRoute } from './versions/version-content-route.ts';

/** How an embedded OneDrive starts. */
export interface OneDriveOptions extends ControlOptions {
  /** Default: memory. */
  readonly storage?: Storage;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Made when the storage knows no account yet. Default: one. */
  readonly accounts?: readonly AccountSeed[];
  /** Sites of the business directory, made with the accounts: drives of the kind `documentLibrary`. */
  readonly sites?: readonly SiteSeed[];
  /** Applications with rules of their own, made with the accounts; `identity.clients` are never forgotten. */
  readonly applications?: readonly ClientRegistration[];
  /** What accounts are when their seed does not say. Default: personal. */
  readonly kind?: 'personal' | 'business';
  /** What the first account's drive starts with. */
  readonly seed?: FolderSeed;
  /** How webhooks are called. Default: over the network, https only but for this machine. */
  readonly deliver?: Deliver;
  readonly settings?: Partial<Omit<Settings, 'identity'>>;
  /** Origins of web pages on other machines that may use the server. Short for `settings: { cors }`. Default: none. */
  readonly cors?: readonly string[];
  /** How sign-in, consent and tokens behave. */
  readonly identity?: Partial<IdentitySettings>;
  /** Accounts consent by themselves: for clients without a browser. Short for `identity: { autoConsent: true }`. */
  readonly autoConsent?: boolean;
}

/** A running embedded OneDrive. */
export interface EmbeddedOneDrive {
  readonly handler: Handler;
  /** The same for web requests. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** What the routes see; for tests and tools. */
  readonly world: World;
  /** The clock, the faults, the throttle and the request log of this server. */
  readonly control: Control;
  /** An access token that is valid at once. @throws Error when there is no such account. */
  token(options?: IssueOptions): string;
  /**
   * Deletes everything, the files of a `storage` on disk too, and starts again from the seed. Tokens are no longer valid
   * afterwards.
   */
  reset(): Promise<void>;
  /** Adds accounts, sites and applications to those that are there. @throws ServiceError 400 for a name that OneDrive refuses. */
  add(seed: Seed): Promise<void>;
  /** Stops work that goes on and closes the storage. */
  close(): Promise<void>;
}

/** Starts an embedded OneDrive. */
export async function createOneDrive(options: OneDriveOptions = {}): Promise<EmbeddedOneDrive> {
  const storage = options.storage ?? memoryStorage({ sha1: nodeSha1 });
  const random = options.random ?? systemRandom;
  const key = signingKey(storage, random);
  const control = createControl(options.clock ?? systemClock, options);
  const world: World = {
    clock: control.clock,
    random,
    storage,
    settings: settingsOf(options),
    background: background(),
    digest: nodeDigest,
    sign: nodeSigner(key),
    deliver: options.deliver ?? nodeDeliver,
    feed: changeFeed(storage),
    views: viewCounts(() => control.clock.now()),
    downloadUrls: { generation: 0 },
    processTokens: new Map(),
  };
  const kind = options.kind ?? 'personal';
  await populateWith(world, seedOf(options), kind);
  const reset = async () => {
    await storage.reset();
    world.processTokens.clear();
    keepSigningKey(storage, key);
    await populateWith(world, seedOf(options), kind);
  };
  const add = (seed: Seed) => addTo(world, seed, kind);
  const token = (wanted?: IssueOptions) => tokenFor(world, wanted);
  const anyHost = options.controlFromAnywhere ?? false;
  const routes = [...controlRoutes(control, { version, anyHost, reset, seed: add, token }), ...flatRoutes()];
  // The members of a batch go through all of it, as if each had been sent alone, but are kept and announced together.
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

/** The quirk `transfer-hosts-reject-token`. */
const guarded = (handler: Handler, { settings }: World): Handler =>
  settings.quirks.includes('transfer-hosts-reject-token') ? withoutTokens(handler) : handler;

async function populateWith(world: World, seed: Seed, kind: 'personal' | 'business'): Promise<void> {
  await populate(world, seed, kind);
  syncVaults(world);
}

async function addTo(world: World, seed: Seed, kind: 'personal' | 'business'): Promise<void> {
  await addToWorld(world, seed, kind);
  syncVaults(world);
}

/** What is served beside the drive API. */
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

/** The parts of the options that are a seed. */
function seedOf({ accounts, sites, applications, seed }: OneDriveOptions): Seed {
  return {
    ...(accounts === undefined ? {} : { accounts }),
    ...(sites === undefined ? {} : { sites }),
    ...(applications === undefined ? {} : { applications }),
    ...(seed === undefined ? {} : { files: seed }),
  };
}

/** A token for the named account, or for the owner of the first drive. */
function tokenFor(world: World, options: IssueOptions = {}): string {
  if (options.application !== undefined) return issueToken(world, options);
  const account = options.account ?? firstOwner(world);
  return issueToken(world, account === undefined ? options : { ...options, account });
}

function firstOwner(world: World): string | undefined {
  const known = world.storage.read((records) => drives.list(records));
  return [...known].sort((left, right) => left.number - right.number)[0]?.ownerId;
}
