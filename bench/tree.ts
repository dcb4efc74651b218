/** Walking a tree of 1,000 folders with ten files each, beside curl fetching every folder's page, and rclone. */
import { join } from 'node:path';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { Report } from './report.ts';

const filesPerFolder = 10;

/** Runs it; `--size` is the number of folders. */
export async function run(options: BenchOptions): Promise<Report> {
  const folders = options.size ?? 1000;
  const server = await startServer(options.root, { seed: { folders, files: filesPerFolder, bytes: 10 } });
  try {
    const measured = await measure(variants(server, options, folders), options.rounds ?? 5);
    return {
      name: 'tree',
      groups: [
        {
          title: `walk ${folders} folders`,
          reference: 'curl',
          measured,
          work: { amount: folders, unit: 'folders' },
        },
      ],
      notes: [
        'curl fetches one page per folder, known in advance, one after the other over one connection. rclone goes over TLS, 8 folders at a time.',
      ],
    };
  } finally {
    await server.close();
  }
}

function variants(server: EmbeddedServer, options: BenchOptions, folders: number): Variant[] {
  const client = join(options.root, 'bench/client-process.mjs');
  const items = folders * (filesPerFolder + 1);
  const expectLines = (text: string) => {
    const found = text.trimEnd().split('\n').length;
    if (found !== items) throw new Error(`${found} of ${items} items seen`);
  };
  const range = `${server.url}/v1.0/me/drive/root:/folder%20[0-${folders - 1}]:/children`;
  return [
    {
      name: 'curl',
      command: () => ({
        program: 'curl',
        args: ['-sSf', '-o', '/dev/null', '-H', `Authorization: Bearer ${server.token}`, range],
      }),
    },
    {
      name: 'onedrive-kit',
      command: () => ({ program: process.execPath, args: [client, server.url, server.token, 'walk'] }),
      verify: expectLines,
    },
    ...(options.has('rclone')
      ? [
          {
            name: 'rclone lsf -R',
            command: () => ({ program: 'rclone', args: ['lsf', '-R', 'od:'], env: server.rclone }),
            verify: expectLines,
          },
        ]
      : []),
  ];
}
