// `npm run release -- VERSION`: prepares a release. Sets the version everywhere, moves the changelog fragments into CHANGELOG.md,
// builds, checks, and packs the packages into .tmp/release. It neither commits nor publishes; it prints the commands that do.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFragments, renderSection } from './changelog.mjs';
import { stagePackage } from './stage-package.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = ['kit', 'server', 'sync', 'cli'];
const run = (program, ...args) => execFileSync(program, args, { cwd: root, stdio: 'inherit' });
const version = process.argv[2];
if (!/^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/.test(version ?? '')) {
  console.error('usage: npm run release -- VERSION   (for example 0.3.0)');
  process.exit(2);
}

function setVersion(path) {
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.version = version;
  for (const kind of ['dependencies', 'devDependencies', 'peerDependencies'])
    for (const name of Object.keys(manifest[kind] ?? {}))
      if (/^(@onedrive-kit\/|onedrive-kit$)/.test(name)) manifest[kind][name] = version;
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

function collectChangelog() {
  const fragments = readFragments();
  const path = join(root, 'CHANGELOG.md');
  const old = readFileSync(path, 'utf8');
  const at = old.search(/^## /m);
  const section = renderSection(version, new Date().toISOString().slice(0, 10), fragments);
  writeFileSync(path, `${old.slice(0, at)}${section}\n${old.slice(at)}`);
  for (const { file } of fragments) rmSync(join(root, 'changelog/unreleased', file));
}

for (const name of names) setVersion(join(root, 'packages', name, 'package.json'));
const versionFile = join(root, 'packages/server/src/core/version.ts');
writeFileSync(
  versionFile,
  readFileSync(versionFile, 'utf8').replace(/version = '[^']*'/, `version = '${version}'`),
);
collectChangelog();
run('npm', 'install', '--package-lock-only');
run('npm', 'run', 'lock');
for (const script of ['build', 'lint', 'test', 'check:packages']) run('npm', 'run', script);

const target = join(root, '.tmp/release');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const name of names)
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', target], {
    cwd: stagePackage(name, join(target, 'staged')),
    stdio: 'inherit',
  });
console.log(`\nReady: ${target}. To publish:
  git commit -am 'build: release ${version}' && git tag v${version}
  npm publish --provenance --access public FILE.tgz   # kit, server, sync, cli, in this order`);
