import { spawn, execFileSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  openSync,
  writeSync,
  ftruncateSync,
  closeSync,
  rmSync,
  mkdirSync,
  existsSync,
  readFileSync,
  statSync,
} from 'node:fs';
const dir = '/tmp/exp';
const src = dir + '/src.bin';
const size = 1024 * 1048576;
const opts = JSON.parse(process.argv[2] ?? '{}');
if (!existsSync(src))
  execFileSync('dd', ['if=/dev/urandom', 'of=' + src, 'bs=1M', 'count=1024', 'status=none']);
function ready() {
  execFileSync('sync');
  const s = openSync(dir + '/scratch', 'w');
  const p = new Uint8Array(65536);
  for (let i = 0; i < 1536 * 16; i++) writeSync(s, p);
  ftruncateSync(s, 0);
  closeSync(s);
}
async function server(who) {
  rmSync(dir + '/drive', { recursive: true, force: true });
  const c = spawn(
    process.execPath,
    [
      ...(process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/exp/' + who] : []),
      'bench/server-process.mjs',
      JSON.stringify({ data: dir + '/drive', ...opts.server }),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const { value } = await createInterface({ input: c.stdout })[Symbol.asyncIterator]().next();
  return {
    ...JSON.parse(value),
    close: () =>
      new Promise((r) => {
        c.on('close', r);
        c.stdin.end();
      }),
    pid: c.pid,
  };
}
const cpu = (pid) => {
  const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return `u ${f[11] / 100} s ${f[12] / 100}`;
};
for (let r = 0; r < (opts.rounds ?? 3); r++)
  for (const who of opts.who ?? ['curl', 'kit']) {
    const s = await server(who);
    let cmd,
      args,
      env = {};
    if (who === 'curl') {
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
      const u = JSON.parse(a).uploadUrl;
      cmd = 'curl';
      args = [
        '-sSfk',
        '-o',
        '/dev/null',
        '-T',
        src,
        '-H',
        `Content-Range: bytes 0-${size - 1}/${size}`,
        '-H',
        'Expect:',
        u,
      ];
    } else {
      cmd = process.execPath;
      args = ['bench/zz-client.mjs', s.url, s.token, src];
      env = { CA: s.ca };
    }
    ready();
    const c0 = cpu(s.pid);
    const t = performance.now();
    const c = spawn(cmd, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    const pid = c.pid;
    await new Promise((r) => c.on('close', r));
    console.log(who, (performance.now() - t).toFixed(0), 'server before', c0, 'after', cpu(s.pid));
    await s.close();
  }
