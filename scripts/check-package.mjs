// What people get from `npm install onedrive-kit`: packs the package, installs it in an empty folder, and there imports every
// export, type-checks a program that does, and runs the command. Needs `npm run build` before, and a package registry.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { name, version, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'onedrive-kit-package-'));
const run = (program, args, cwd = folder) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

try {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root),
  );
  const stray = packed.files.map((file) => file.path).filter((path) => /\.test\.|^src\/|^test\//.test(path));
  if (stray.length > 0) throw new Error(`packed by mistake: ${stray.join(', ')}`);

  const typescript = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.typescript;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  run('npm', [
    'install',
    '--no-audit',
    '--no-fund',
    join(folder, packed.filename),
    `typescript@${typescript}`,
    '@types/node@20',
  ]);

  const entries = Object.keys(exports)
    .filter((key) => !key.endsWith('.json'))
    .map((key) => name + key.slice(1));
  const program = entries.map(
    (entry, i) => `import * as e${i} from '${entry}';\nconsole.log('${entry}', Object.keys(e${i}).length);`,
  );
  writeFileSync(join(folder, 'program.ts'), program.join('\n'));
  writeFileSync(join(folder, 'program.mjs'), program.join('\n'));
  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    const options = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--lib',
      'es2023,dom,dom.asynciterable',
      '--types',
      'node',
    ];
    run('npx', ['tsc', ...options, '--module', module, '--moduleResolution', resolution, 'program.ts']);
  }
  process.stdout.write(run('node', ['program.mjs']));
  const said = run('npx', ['onedrive-cli', '--version']).trim();
  if (!said.includes(version))
    throw new Error(`onedrive-cli --version says ${said}, the package is ${version}`);
  console.log(
    `${packed.filename}: ${packed.entryCount} files, ${Math.round(packed.unpackedSize / 1024)} KiB, installs and runs.`,
  );
} catch (error) {
  console.error(`check-package: ${error.stdout ?? ''}${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
