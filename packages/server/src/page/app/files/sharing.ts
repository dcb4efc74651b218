/** Who can open an item: its permissions, new links, and taking access away. */
import { button } from '../kit/button.ts';
import { fill, make } from '../kit/dom.ts';
import { icon } from '../kit/icons.ts';
import { fullTimeText } from '../kit/text.ts';
import { toast } from '../kit/toast.ts';
import type { Drive, LinkChoice } from './drive.ts';
import type { Item, Permission } from './item.ts';

/** The tab about sharing, filled with the permissions of the item. */
export async function sharingTab(drive: Drive, item: Item, signal: AbortSignal): Promise<HTMLElement> {
  const list = make('ul', { class: 'entries' });
  const refresh = async () => {
    const permissions = await drive.permissions(item.id, signal);
    fill(list, ...permissions.map((permission) => entry(permission, () => revoke(permission))));
  };
  const revoke = async (permission: Permission) => {
    await drive.revoke(item.id, permission.id);
    await refresh();
    toast('Access removed.');
  };
  const create = async (choice: LinkChoice) => {
    const created = await drive.createLink(item.id, choice);
    await refresh();
    if (created?.link?.webUrl !== undefined) await copy(created.link.webUrl);
  };
  await refresh();
  return make('div', {}, linkForm(drive, create), make('h3', {}, 'Who has access'), list);
}

function linkForm(drive: Drive, create: (choice: LinkChoice) => Promise<void>): HTMLElement {
  const type = select('link-type', [
    ['view', 'can view'],
    ['edit', 'can edit'],
  ]);
  const scopes: [string, string][] = [['anonymous', 'Anyone with the link']];
  if (drive.info.driveType !== 'personal') scopes.push(['organization', 'People in the organization']);
  const scope = select('link-scope', scopes);
  const work = () =>
    create({ type: type.value as LinkChoice['type'], scope: scope.value as LinkChoice['scope'] });
  return make(
    'div',
    { class: 'link-form' },
    make('label', { for: 'link-scope' }, 'New link for'),
    make('div', { class: 'pair' }, scope, type),
    make('label', { for: 'link-type', class: 'unseen' }, 'What the link allows'),
    button('Create link', work, { icon: 'link', appearance: 'primary' }),
  );
}

function select(id: string, options: readonly (readonly [value: string, text: string])[]): HTMLSelectElement {
  return make(
    'select',
    { id, class: 'field' },
    ...options.map(([value, text]) => make('option', { value }, text)),
  );
}

function whoHas({ link, grantedToV2, grantedTo, invitation }: Permission): string {
  if (link?.scope === 'anonymous') return 'Anyone with the link';
  if (link?.scope === 'organization') return 'People in the organization with the link';
  if (link?.scope === 'users') return 'Named people with the link';
  const granted = grantedToV2 ?? grantedTo;
  const who = granted?.user ?? granted?.group ?? granted?.siteUser ?? granted?.application;
  return who?.displayName ?? who?.email ?? invitation?.email ?? 'Somebody';
}

function rolesText({ roles, link }: Permission): string {
  if (roles.includes('owner')) return 'Owner';
  return roles.includes('write') || link?.type === 'edit' ? 'Can edit' : 'Can view';
}

function entry(permission: Permission, revoke: () => Promise<void>): HTMLElement {
  const { link, inheritedFrom, roles, expirationDateTime, hasPassword } = permission;
  const who = whoHas(permission);
  const facts = [
    rolesText(permission),
    inheritedFrom !== undefined && 'from a folder above',
    hasPassword === true && 'with a password',
    expirationDateTime !== undefined && `until ${fullTimeText(expirationDateTime)}`,
  ].filter((fact) => fact !== false);
  const url = link?.webUrl;
  const mayRevoke = inheritedFrom === undefined && !roles.includes('owner');
  return make(
    'li',
    {},
    icon(link === undefined ? 'people' : 'link'),
    make(
      'div',
      { class: 'names' },
      make('span', {}, who),
      make('span', { class: 'quiet' }, facts.join(', ')),
    ),
    url === undefined ? undefined : small('Copy link', 'copy', () => copy(url)),
    mayRevoke && small(`Remove access: ${who}`, 'delete', revoke),
  );
}

function small(label: string, name: 'copy' | 'delete', work: () => unknown): HTMLElement {
  return button('', work, { icon: name, appearance: 'subtle', size: 'small', 'aria-label': label });
}

/** Copies a link. Without a clipboard, as over plain HTTP on another machine, the message shows it. */
async function copy(url: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(url);
    toast('Link copied.');
  } catch {
    toast(url);
  }
}
