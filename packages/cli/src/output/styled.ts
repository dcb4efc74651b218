/**
 * Text with a style, which terminals show in color or as a link. The style is part of the value, and the renderer decides
 * whether to use it: JSON and pipes get plain text.
 */

import { itemKind } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import { printable } from './printable.ts';

/** A style on a terminal. */
export type Look = 'folder' | 'package' | 'remote' | 'plain' | 'heading';

/** A text with a style. Its JSON is the text. */
export interface Styled {
  readonly text: string;
  readonly look: Look;
  /** The address of a link; http and https only. */
  readonly href?: string | undefined;
  toJSON(): string;
}

const marks = new WeakSet<object>();

/** Creates a styled text. */
export function styled(text: string, look: Look, href?: string): Styled {
  const value: Styled = { text, look, href, toJSON: () => text };
  marks.add(value);
  return value;
}

/** Whether this is a styled text. */
export function isStyled(value: unknown): value is Styled {
  return typeof value === 'object' && value !== null && marks.has(value);
}

/** The name of an item, in the style of its type, with a link to its web page. */
export function styledName(item: DriveItem, name: string = item.name): Styled {
  const kind = itemKind(item);
  return styled(name, kind === 'file' ? 'plain' : kind, item.webUrl);
}

/** ANSI codes of the styles, from the sixteen basic colors. https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
const codes: Readonly<Record<Look, string>> = {
  folder: '1;34',
  package: '35',
  remote: '36',
  plain: '',
  heading: '1',
};

/** The capabilities of a terminal. */
export interface Terminal {
  readonly colors: boolean;
  readonly links: boolean;
}

/** A pipe or a file, without colors and links. */
export const noTerminal: Terminal = { colors: false, links: false };

/**
 * Colors and links on a terminal; none if NO_COLOR is set and not empty (https://no-color.org) or the terminal is dumb.
 */
export function terminalOf(isTTY: boolean, env: Readonly<Record<string, string | undefined>>): Terminal {
  const allowed = isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return { colors: allowed, links: allowed };
}

/** The text with the codes for `terminal`. Escaped, so that it cannot end the style or the link. */
export function paint({ text, look, href }: Styled, terminal: Terminal): string {
  const safe = printable(text);
  const code = codes[look];
  const colored = terminal.colors && code !== '' ? `\u001b[${code}m${safe}\u001b[0m` : safe;
  const target = terminal.links ? linkTarget(href) : undefined;
  return target === undefined ? colored : `\u001b]8;;${target}\u001b\\${colored}\u001b]8;;\u001b\\`;
}

/** A URL of printable ASCII characters only: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
function linkTarget(href: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  const safe = url.protocol === 'https:' || url.protocol === 'http:';
  return safe && /^[\u0021-\u007e]{1,2000}$/.test(url.href) ? url.href : undefined;
}
