/** Validates a seed (parsed YAML or JSON) and reports each fault with its place. */
import { z } from 'zod';
import type { FileSeed, FolderSeed, Seed } from './seed.ts';

const file = z.strictObject({
  text: z.string().optional(),
  base64: z.base64().optional(),
  size: z.int().nonnegative().optional(),
  mimeType: z.string().optional(),
  description: z.string().optional(),
  modified: z.iso.datetime({ offset: true }).optional(),
});
const oneSource = file.refine(
  ({ text, base64, size }) => [text, base64, size].filter((value) => value !== undefined).length <= 1,
  'A file takes only one of text, base64 and size.',
);
const onDisk = z.strictObject({ from: z.string().min(1) });
const node: z.ZodType<WrittenNode> = z.lazy(() =>
  z.union([
    z.string(),
    z.null(),
    z.strictObject({ folder: tree.nullable() }),
    z.strictObject({ package: z.literal('oneNote') }),
    onDisk,
    oneSource,
  ]),
);
const tree: z.ZodType<WrittenTree> = z.lazy(() => z.record(z.string().min(1), node));
const files = z.union([onDisk, tree]);

const kind = z.enum(['personal', 'business']);
const drive = z.strictObject({
  total: z.int().nonnegative().optional(),
  itemIds: z.enum(['number', 'guid']).optional(),
  files: files.optional(),
});
const account = z.strictObject({
  userPrincipalName: z.string().min(1).optional(),
  displayName: z.string().optional(),
  kind: kind.optional(),
  id: z.string().min(1).optional(),
  password: z.string().optional(),
  autoConsent: z.boolean().optional(),
  tenantId: z.string().optional(),
  drive: drive.optional(),
});
const library = z.strictObject({
  name: z.string().min(1).optional(),
  total: z.int().nonnegative().optional(),
  files: files.optional(),
});
const site = z.strictObject({
  path: z.string().optional(),
  displayName: z.string().optional(),
  members: z.array(z.string()).optional(),
  visitors: z.array(z.string()).optional(),
  group: z.string().optional(),
  libraries: z.array(library).min(1).optional(),
});
const application = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  secret: z.string().min(1).optional(),
  secretExpires: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional(),
  redirectUris: z.array(z.string().min(1)).optional(),
  certificates: z.array(z.string().min(1)).optional(),
  federated: z
    .array(
      z.strictObject({
        issuer: z.string(),
        subject: z.string(),
        audience: z.string().optional(),
        key: z.record(z.string(), z.unknown()),
      }),
    )
    .optional(),
  permissions: z.array(z.string()).optional(),
  consented: z.boolean().optional(),
  adminConsentOnly: z.boolean().optional(),
  singlePage: z.boolean().optional(),
});
const seed = z.strictObject({
  applications: z.array(application).optional(),
  kind: kind.optional(),
  accounts: z.array(account).min(1).optional(),
  sites: z.array(site).optional(),
  files: files.optional(),
});

type WrittenFile = z.infer<typeof file>;
type WrittenNode =
  | string
  | null
  | { folder: WrittenTree | null }
  | { package: 'oneNote' }
  | { from: string }
  | WrittenFile;
interface WrittenTree {
  [name: string]: WrittenNode;
}

/** A seed with the default kind of its accounts. */
export interface ReadSeed extends Seed {
  readonly kind?: 'personal' | 'business';
}

/** Reads a folder on disk as a seed. */
export type ReadFolder = (path: string) => Promise<FolderSeed>;

/**
 * Validates a seed, and reads the folders on disk that it names.
 * @param readFolder Default: a seed that names a folder on disk is refused.
 * @throws Error with one line for each fault and its place in the document.
 */
export async function readSeed(data: unknown, readFolder?: ReadFolder): Promise<ReadSeed> {
  const read = seed.safeParse(data ?? {});
  if (!read.success) throw new Error(`The seed is invalid:\n${z.prettifyError(read.error)}`);
  const { accounts, sites, files: first, ...rest } = read.data;
  const below = (written: z.infer<typeof files> | undefined) => folderOf(written ?? {}, readFolder);
  const withFiles = async <T extends { files?: z.infer<typeof files> | undefined }>(place: T) => ({
    ...place,
    files: await below(place.files),
  });
  return defined({
    ...rest,
    accounts:
      accounts &&
      (await inOrder(accounts, async (account) => ({
        ...account,
        drive: account.drive && (await withFiles(account.drive)),
      }))),
    sites:
      sites &&
      (await inOrder(sites, async (site) => ({
        ...site,
        libraries: site.libraries && (await inOrder(site.libraries, withFiles)),
      }))),
    files: first && (await below(first)),
  }) as ReadSeed;
}

async function inOrder<T, U>(values: readonly T[], read: (value: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  for (const value of values) results.push(await read(value));
  return results;
}

async function folderOf(written: z.infer<typeof files>, read: ReadFolder | undefined): Promise<FolderSeed> {
  if (isOnDisk(written)) return fromDisk(written.from, read);
  const folder: Record<string, FolderSeed[string]> = {};
  for (const [name, value] of Object.entries(written)) folder[name] = await nodeOf(value, read);
  return folder;
}

/** Whether it names a folder on disk: an object whose only key is `from`, with a string. A tree may contain a file named `from`. */
function isOnDisk(written: z.infer<typeof files>): written is { from: string } {
  const names = Object.keys(written);
  return names.length === 1 && names[0] === 'from' && typeof written['from'] === 'string';
}

async function nodeOf(value: WrittenNode, read: ReadFolder | undefined): Promise<FolderSeed[string]> {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if ('folder' in value) return { folder: await folderOf(value.folder ?? {}, read) };
  if ('from' in value) return { folder: await fromDisk(value.from, read) };
  if ('package' in value) return value;
  const { base64, ...rest } = value;
  return defined({ ...rest, bytes: base64 === undefined ? undefined : bytesOfBase64(base64) }) as FileSeed;
}

function fromDisk(path: string, read: ReadFolder | undefined): Promise<FolderSeed> {
  if (read === undefined)
    throw new Error(`The seed names a folder on disk (${path}); the control API does not read folders.`);
  return read(path);
}

function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

/** Removes keys whose value is undefined, which the types of a seed do not allow. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, defined(member)]],
    ),
  );
}
