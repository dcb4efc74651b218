import { expect, it } from 'vitest';
import { createOneDrive } from '../create-onedrive.ts';
import { isListedOrigin, readOrigins } from './listed-origins.ts';

it('contains the origins in the setting, and those of redirect URIs of single-page applications', async () => {
  const uris = ['https://app.example/cb', 'msal://app', 'http://app.example:81/'];
  const { world, close } = await createOneDrive({
    cors: ['capacitor://localhost'],
    identity: { clients: [{ id: 'spa', singlePage: true, redirectUris: uris }] },
    applications: [
      { id: 'seeded', singlePage: true, redirectUris: ['https://seeded.example/'] },
      { id: 'web', redirectUris: ['https://web.example/cb'] },
    ],
  });
  const all = [
    'capacitor://localhost',
    'https://app.example',
    'http://app.example:81',
    'https://seeded.example',
    'https://web.example',
    'msal://app',
    'null',
    'https://evil.example',
  ];
  expect(all.filter((origin) => isListedOrigin(world, origin))).toEqual(all.slice(0, 4));
  await close();
});

it.each(['*', 'null', 'app.example', 'https://app.example/', 'https://*.example', ''])(
  'refuses "%s" as an origin',
  (origin) => expect(() => readOrigins([origin])).toThrow(/not an origin/),
);
