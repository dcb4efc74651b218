// What people get from the registry: packs the packages, installs them in empty folders, and there imports every entry,
// type-checks a program that does, and runs the command. Run `npm run build` first; needs a package registry.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stagePackage } from './stage-package.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = ['kit', 'server', 'sync', 'cli'];
const manifests = Object.fromEntries(
  names.map((name) => [name, JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))]),
);
/** What installing `onedrive-kit` alone may cost: packages in total, and bytes on disk. */
const budget = { packages: 5, bytes: 5_000_000 };

const scratch = mkdtempSync(join(tmpdir(), 'onedrive-kit-packages-'));
const run = (program, args, cwd) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function check(condition, message) {
  if (!condition) throw new Error(message);
}

function pack(name) {
  const cwd = stagePackage(name, join(scratch, 'staged'));
  run(process.execPath, [join(root, 'node_modules/publint/src/cli.js'), '--strict'], cwd);
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', scratch];
  const [packed] = JSON.parse(run('npm', args, cwd));
  const stray = packed.files
    .map((file) => file.path)
    .filter((path) => /\.test\.|^src\/|tsbuildinfo/.test(path));
  check(stray.length === 0, `packed by mistake: ${stray.join(', ')}`);
  check(
    packed.files.some((file) => file.path === 'LICENSE') &&
      packed.files.some((file) => file.path === 'README.md'),
    `${name}: LICENSE or README.md is missing from the tarball`,
  );
  console.log(
    `${packed.filename}: ${packed.entryCount} files, ${Math.round(packed.unpackedSize / 1024)} KiB unpacked`,
  );
  const tarball = join(scratch, packed.filename);
  if (name !== 'cli') {
    // ESM only: `require` works in Node 20.19 and later.
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    run(process.execPath, [attw, tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'server'], cwd);
  }
  return tarball;
}

function project(name, packages) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  run('npm', ['install', '--no-audit', '--no-fund', ...packages], folder);
  return folder;
}

/** Packages installed in `folder`, as paths relative to node_modules. */
function installed(folder) {
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
  return Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, ''));
}

function bytesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}

function checkKitAlone(tarball) {
  const folder = project('kit-alone', [tarball]);
  const packages = installed(folder);
  const bytes = bytesIn(join(folder, 'node_modules'));
  console.log(
    `onedrive-kit installs ${packages.length} packages, ${(bytes / 1e6).toFixed(1)} MB: ${packages.join(', ')}`,
  );
  check(packages.length <= budget.packages, `more than ${budget.packages} packages`);
  check(bytes <= budget.bytes, `more than ${budget.bytes} bytes`);
  check(!packages.some((name) => name.startsWith('@types/')), 'onedrive-kit installs ambient types');
  writeFileSync(
    join(folder, 'moved.mjs'),
    "await import('onedrive-kit/server').catch((error) => console.log(error.message));",
  );
  check(
    run('node', ['moved.mjs'], folder).includes('@onedrive-kit/server'),
    'onedrive-kit/server names no new package',
  );
}

const entriesOf = ({ name, exports }) =>
  Object.entries(exports)
    .filter(([, target]) => target.default?.startsWith('./dist/'))
    .map(([key]) => name + key.slice(1));

function checkEntries(folder) {
  const entries = [...entriesOf(manifests.kit), ...entriesOf(manifests.server), ...entriesOf(manifests.sync)];
  const lines = entries.map(
    (entry, i) => `import * as e${i} from '${entry}';\nconsole.log('${entry}', Object.keys(e${i}).length);`,
  );
  writeFileSync(join(folder, 'program.ts'), lines.join('\n'));
  writeFileSync(join(folder, 'program.mjs'), lines.join('\n'));
  const lib = 'es2023,dom,dom.asynciterable';
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', lib, '--types', 'node'];
  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    run(
      'npx',
      ['tsc', ...options, '--module', module, '--moduleResolution', resolution, 'program.ts'],
      folder,
    );
  }
  process.stdout.write(run('node', ['program.mjs'], folder));
}

function checkCommand(folder) {
  const version = run('npx', ['onedrive-cli', '--version'], folder).trim();
  check(version.includes(manifests.cli.version), `onedrive-cli --version prints ${version}`);
  run('npx', ['onedrive-cli', '--local', '--data', 'drive', 'mkdir', 'Documents'], folder);
  const listing = run('npx', ['onedrive-cli', '--local', '--data', 'drive', 'ls'], folder);
  check(listing.includes('Documents'), `onedrive-cli ls prints ${listing}`);
}

try {
  const tarballs = names.map(pack);
  checkKitAlone(tarballs[0]);
  const { typescript } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;
  const all = project('all', [...tarballs, `typescript@${typescript}`, '@types/node@20']);
  checkEntries(all);
  checkCommand(all);
  console.log('The packages install and run.');
} catch (error) {
  console.error(`check-packages: ${error.stdout ?? ''}${error.stderr ?? ''}${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
