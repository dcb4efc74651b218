/**
 * Text that a terminal may show in colour or as a link, and everything else as it is. The mark travels with the value
 * to the renderer, so that commands need not know where their output goes: JSON and pipes get the bare text.
 */

import { itemKind } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import { printable } from './printable.ts';

/** How a word looks on a terminal. */
export type Look = 'folder' | 'package' | 'remote' | 'plain' | 'heading';

/** A text with a look. Its JSON is the text. */
export interface Styled {
  readonly text: string;
  readonly look: Look;
  /** Where a click leads; http and https only. */
  readonly href?: string | undefined;
  toJSON(): string;
}

const marks = new WeakSet<object>();

/** Marks a text. */
export function styled(text: string, look: Look, href?: string): Styled {
  const made: Styled = { text, look, href, toJSON: () => text };
  marks.add(made);
  return made;
}

/** Is this a marked text? */
export function isStyled(value: unknown): value is Styled {
  return typeof value === 'object' && value !== null && marks.has(value);
}

/** The name of an item, in the look of its kind, with a link to its page. */
export function styledName(item: DriveItem, name: string = item.name): Styled {
  const kind = itemKind(item);
  return styled(name, kind === 'file' ? 'plain' : kind, item.webUrl);
}

/** Colours as the sixteen that every terminal has. https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
const codes: Readonly<Record<Look, string>> = {
  folder: '1;34',
  package: '35',
  remote: '36',
  plain: '',
  heading: '1',
};

/** What may be done to text on its way out. */
export interface Terminal {
  readonly colours: boolean;
  readonly links: boolean;
}

/** Nothing at all: a pipe or a file. */
export const noTerminal: Terminal = { colours: false, links: false };

/**
 * Colours and links on a terminal only; none where NO_COLOR is set and not empty (https://no-color.org) or the
 * terminal is dumb.
 */
export function terminalOf(isTTY: boolean, env: Readonly<Record<string, string | undefined>>): Terminal {
  const allowed = isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return { colours: allowed, links: allowed };
}

/** A marked text for `terminal`; what is in it can neither end the look nor leave the link. */
export function paint({ text, look, href }: Styled, terminal: Terminal): string {
  const safe = printable(text);
  const code = codes[look];
  const coloured = terminal.colours && code !== '' ? `\u001b[${code}m${safe}\u001b[0m` : safe;
  const target = terminal.links ? linkTarget(href) : undefined;
  return target === undefined ? coloured : `\u001b]8;;${target}\u001b\\${coloured}\u001b]8;;\u001b\\`;
}

/** A URL made of printable ASCII alone: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
function linkTarget(href: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  const safe = url.protocol === 'https:' || url.protocol === 'http:';
  return safe && /^[\u0021-\u007e]{1,2000}$/.test(url.href) ? url.href : undefined;
}
