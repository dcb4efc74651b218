import { memfs } from 'memfs';
import { describe, expect, it } from 'vitest';
import type { FileSystem } from '../platform/file-system.ts';
import { userFolders } from './folders.ts';
import { locateConfig } from './location.ts';

const where = (files: Record<string, string>, more: { flag?: string; env?: Record<string, string> } = {}) =>
  locateConfig({
    fs: memfs(files).fs.promises as unknown as FileSystem,
    cwd: '/place',
    home: '/home/me',
    platform: 'linux',
    env: more.env ?? {},
    flag: more.flag,
  });

describe('the configuration file', () => {
  it('is the one from the option', async () => {
    expect(await where({ '/home/me/.lcrc': '' }, { flag: 'my.yaml' })).toEqual({
      path: '/place/my.yaml',
      origin: 'flag',
    });
    await expect(where({}, { flag: '' })).rejects.toMatchObject({ code: 'config' });
  });

  it('is that of the older tool if it exists', async () => {
    expect(await where({ '/home/me/.lcrc': '' })).toEqual({ path: '/home/me/.lcrc', origin: 'lcrc' });
  });

  it('is in the XDG folder otherwise', async () => {
    expect(await where({ '/home/me/x': '' })).toEqual({
      path: '/home/me/.config/onedrive-kit/config.yaml',
      origin: 'xdg',
    });
    const env = { XDG_CONFIG_HOME: '/etc/me' };
    expect(await where({ '/home/me/x': '' }, { env })).toMatchObject({
      path: '/etc/me/onedrive-kit/config.yaml',
    });
  });
});

describe('the folders of a user', () => {
  it('follow XDG, except for relative values', () => {
    const env = { XDG_DATA_HOME: 'data', XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '' };
    expect(userFolders({ env, home: '/home/me', platform: 'linux' })).toEqual({
      config: '/home/me/.config/onedrive-kit',
      data: '/home/me/.local/share/onedrive-kit',
      state: '/s/onedrive-kit',
      cache: '/home/me/.cache/onedrive-kit',
    });
  });

  it('are those of the platform on Windows and macOS', () => {
    const env = { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' };
    expect(userFolders({ env, home: 'C:\\Users\\me', platform: 'win32' })).toMatchObject({
      config: 'C:\\Users\\me\\AppData\\Roaming\\onedrive-kit',
      data: 'C:\\Users\\me\\AppData\\Local\\onedrive-kit\\data',
    });
    expect(userFolders({ env: {}, home: '/Users/me', platform: 'darwin' }).config).toBe(
      '/Users/me/Library/Application Support/onedrive-kit',
    );
  });
});
