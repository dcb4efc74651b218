// `npm run demo`: a session with `onedrive-cli` on an embedded drive of its own, with real files, shown as it happens.
// It ends with a byte-for-byte check of everything that went up and came down again. Leaves nothing behind.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'packages/cli/dist/main.cjs');
const folder = mkdtempSync(join(tmpdir(), 'onedrive-kit-demo-'));
const env = {
  ...process.env,
  XDG_DATA_HOME: join(folder, 'data'),
  XDG_CONFIG_HOME: join(folder, 'config'),
  XDG_CACHE_HOME: join(folder, 'cache'),
};

/** Shows a command as one types it, runs it, and stops at the first that fails. */
function run(...args) {
  const shown = args.map((arg) => (/[^\w./=-]/.test(arg) ? `'${arg}'` : arg)).join(' ');
  console.log(`% onedrive-cli --local ${shown}`);
  const { status } = spawnSync(process.execPath, [cli, '--local', ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`\`onedrive-cli --local ${shown}\` ended with ${status}`);
}

function checkSame(sent, received) {
  const [left, right] = [sent, received].map((name) => readFileSync(join(folder, name)));
  if (!left.equals(right)) throw new Error(`${received} is not byte for byte what ${sent} was`);
  console.log(`% cmp ${sent} ${received}   # ${left.length} bytes, all the same`);
}

/** A picture of one red pixel. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

try {
  copyFileSync(join(root, 'README.md'), join(folder, 'README.md'));
  writeFileSync(join(folder, 'image1.png'), Buffer.from(png, 'base64'));
  writeFileSync(join(folder, 'film.bin'), randomBytes(25_000_000));
  writeFileSync(join(folder, 'empty.txt'), '');

  run('mkdir', 'Documents');
  run('mkdir', 'Pics');
  run('put', 'README.md', 'Documents');
  run('put', 'image1.png', 'Pics');
  run('put', 'film.bin');
  run('put', 'empty.txt', 'Documents');
  run('tree');
  run('cp', 'Pics/image1.png', 'Documents');
  run('mv', 'film.bin', 'Documents');
  run('ls', 'Documents');
  run('link', '-t', 'embed', 'Pics/image1.png');
  run('quota');
  run('get', 'Documents/README.md', 'README-back.md');
  run('get', 'Documents/film.bin', 'film-back.bin');
  run('get', 'Documents/empty.txt', 'empty-back.txt');
  run('get', 'Documents/image1.png', 'image1-back.png');
  run('rm', 'Documents/film.bin');
  run('tree');
  for (const name of ['README.md', 'film.bin', 'empty.txt', 'image1.png']) {
    checkSame(name, name.replace('.', '-back.'));
  }
  console.log('Everything that went up came down the same, byte for byte.');
} catch (error) {
  console.error(`demo: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
