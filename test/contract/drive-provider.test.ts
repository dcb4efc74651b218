import { embeddedDrive } from '../embedded/embedded-drive.ts';
import { describeProvider } from './drive-provider.ts';

for (const kind of ['personal', 'business'] as const) {
  describeProvider(`Microsoft Graph, ${kind}`, async () => {
    const { provider, world, server } = await embeddedDrive({ kind });
    return { provider, world, close: () => server.close() };
  });
}
