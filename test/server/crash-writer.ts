/**
 * A program that writes to a drive on disk until it is killed, and prints each response. Bundled and started by
 * crash.test.ts.
 */
import { createOneDrive, directoryStorage } from '../../packages/server/src/index.ts';

const [folder = '', label = ''] = process.argv.slice(2);
const one = await createOneDrive({ storage: await directoryStorage(folder, { durable: false }) });
const token = one.token();
const ask = async (method: string, path: string, body?: Uint8Array): Promise<number> => {
  const url = `http://h/v1.0/me/drive/root:/${path}`;
  const headers = { authorization: `Bearer ${token}` };
  const answer = await one.fetch(
    new Request(url, { method, headers, body: (body ?? null) as BodyInit | null }),
  );
  return answer.status;
};

process.stdout.write('ready\n');
for (let at = 0; ; at++) {
  const size = at % 3 === 0 ? 10 : 50_000;
  const name = `${label}/${at % 40}.bin`;
  const status = await ask('PUT', `${name}:/content`, new Uint8Array(size).fill(at % 251));
  if (status >= 300) throw new Error(`PUT answered ${status}`);
  process.stdout.write(`${name} ${at % 251} ${size}\n`);
  if (at % 7 === 6) {
    const gone = `${label}/${(at - 3) % 40}.bin`;
    process.stdout.write(`${gone} deleting\n`);
    await ask('DELETE', gone);
  }
}
