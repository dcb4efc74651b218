// The embedded OneDrive in a process of its own, from what is built. Argument: JSON `{kind?, data?, seed?, latency?, tls?}`, where
// `data` is a folder (else all is in memory) and `seed` is `{folders, files, bytes}`: so many folders of so many files of so
// many bytes. Its port is an HTTPS proxy too, for rclone. Prints one line of JSON when ready; ends when its standard input does.

import { directoryStorage, startOneDrive } from 'onedrive-kit/server';

const { kind = 'personal', data, seed, latency = 0, tls = false } = JSON.parse(process.argv[2] ?? '{}');
const files = Object.fromEntries(
  Array.from({ length: seed?.files ?? 0 }, (_, at) => [`file ${at}.txt`, '*'.repeat(seed.bytes)]),
);
const onedrive = await startOneDrive({
  kind,
  seed: Object.fromEntries(
    Array.from({ length: seed?.folders ?? 0 }, (_, at) => [`folder ${at}`, { folder: files }]),
  ),
  tls,
  intercept: true,
  ...(latency > 0 ? { faults: { rules: [{ fault: { kind: 'delay', ms: latency } }] } } : {}),
  ...(data ? { storage: await directoryStorage(data) } : {}),
  settings: { fragmentLimit: Number.MAX_SAFE_INTEGER }, // curl sends a file as one fragment
});
const token = onedrive.token();

/** Asks past the network. */
async function ask(method, path, body, type = 'application/octet-stream') {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  const response = await onedrive.fetch(
    new Request(`http://localhost/v1.0${path}`, { method, headers, body }),
  );
  if (response.status >= 400)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

const drive = await ask('GET', '/me/drive');
console.log(
  JSON.stringify({
    url: onedrive.url,
    ca: onedrive.ca,
    token,
    driveId: drive.id,
    driveType: drive.driveType,
  }),
);

process.stdin.resume().on('end', () => onedrive.close());
