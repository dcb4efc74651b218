import { spawn, execFileSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { openSync, writeSync, ftruncateSync, closeSync, rmSync, existsSync, readFileSync } from 'node:fs';
const dir = '/tmp/exp';
const src = dir + '/src.bin';
const size = 1024 * 1048576;
function ready() {
  execFileSync('sync');
  const s = openSync(dir + '/scratch', 'w');
  const p = new Uint8Array(65536);
  for (let i = 0; i < 1536 * 16; i++) writeSync(s, p);
  ftruncateSync(s, 0);
  closeSync(s);
}
rmSync(dir + '/drive', { recursive: true, force: true });
const sp = spawn(process.execPath, ['bench/server-process.mjs', JSON.stringify({ data: dir + '/drive' })], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const { value } = await createInterface({ input: sp.stdout })[Symbol.asyncIterator]().next();
const s = JSON.parse(value);
const a = execFileSync(
  'curl',
  [
    '-sSfk',
    '-X',
    'POST',
    '-H',
    `Authorization: Bearer ${s.token}`,
    '-H',
    'Content-Type: application/json',
    '-d',
    '{}',
    `${s.url}/v1.0/me/drive/root:/big.bin:/createUploadSession`,
  ],
  { encoding: 'utf8' },
);
execFileSync('curl', [
  '-sSfk',
  '-o',
  '/dev/null',
  '-T',
  src,
  '-H',
  `Content-Range: bytes 0-${size - 1}/${size}`,
  '-H',
  'Expect:',
  JSON.parse(a).uploadUrl,
]);
const target = dir + '/target.bin';
for (let r = 0; r < 3; r++)
  for (const who of (process.env.WHO ?? 'curl,kit').split(',')) {
    let cmd,
      args,
      env = {};
    const R = () =>
      (Number(readFileSync('/sys/module/page_reporting/parameters/reported_kib', 'utf8')) / 1024) | 0;
    rmSync(target, { force: true });
    if (who === 'curl') {
      cmd = 'curl';
      args = [
        '-sSfL',
        '-H',
        `Authorization: Bearer ${s.token}`,
        '-o',
        target,
        `${s.url}/v1.0/me/drive/root:/big.bin:/content`,
      ];
    } else {
      cmd = process.execPath;
      args = ['bench/client-process.mjs', s.url, s.token, 'download', 'big.bin', target];
      env = { PIECE: who };
    }
    ready();
    const r0 = R();
    const t = performance.now();
    const c = spawn(cmd, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    await new Promise((r) => c.on('close', r));
    console.log(who, (performance.now() - t).toFixed(0), 'reported', R() - r0);
  }
sp.stdin.end();
