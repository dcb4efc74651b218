// Adds to package-lock.json the platform packages that npm left out of it. Some tools ship their binaries as optional
// packages, one per platform. When the registry at hand does not offer those of other platforms, `npm install` drops them
// from the lock file, and `npm ci` then refuses the lock file everywhere. An entry with version, os, cpu and libc is all
// that npm needs: packages of other platforms are never fetched. Run after `npm install`; `--check` only tells.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32'];

/** The platform in a name such as `@rolldown/binding-linux-x64-musl`; undefined if there is none. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor)).slice(0, 1);
  if (cpu.length === 0) return undefined;
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.includes('gnu')
      ? ['glibc']
      : [];
  return { cpu, ...(os.length > 0 ? { os } : {}), ...(libc.length > 0 ? { libc } : {}) };
}

/** The lock entry that `name` resolves to from `from`, walking up as Node does. */
function resolve(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const at = `${folder}${folder === '' ? '' : '/'}node_modules/${name}`;
    if (at in lock.packages) return lock.packages[at];
    if (folder === '' || !folder.includes('node_modules/')) return undefined;
    if (!folder.includes('/node_modules/')) folder = '';
    if (folder === '') return lock.packages[`node_modules/${name}`];
  }
}

const added = [];
for (const [from, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    const found = resolve(from, name);
    if (platform === undefined || found?.version === version || (found && !/^\d/.test(version))) continue;
    const at = found ? `${from}/node_modules/${name}` : `node_modules/${name}`;
    lock.packages[at] = { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true };
    added.push(at);
  }
}

if (added.length > 0 && process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${added.length} platform packages: run \`npm run lock\`.`);
  process.exit(1);
}
if (added.length > 0) {
  const [root, ...rest] = Object.keys(lock.packages);
  const packages = { [root]: lock.packages[root] };
  for (const key of rest.sort((a, b) => a.localeCompare(b, 'en'))) packages[key] = lock.packages[key];
  writeFileSync(path, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`package-lock.json: added ${added.length} platform packages.`);
}
