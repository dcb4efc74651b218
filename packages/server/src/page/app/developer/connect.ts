/** How to point a program at this server. */
import { button } from '../kit/button.ts';
import { make } from '../kit/dom.ts';
import { toast } from '../kit/toast.ts';

function address(url: string): HTMLElement {
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    toast('Copied.');
  };
  return make(
    'span',
    { class: 'address' },
    make('code', {}, url),
    button('', copy, { icon: 'copy', size: 'small', appearance: 'subtle', 'aria-label': `Copy ${url}` }),
  );
}

/** The section. */
export function connectSection(): HTMLElement {
  const { origin } = location;
  const entries: readonly (readonly [term: string, ...content: (string | HTMLElement)[]])[] = [
    ['Graph', address(`${origin}/v1.0`), 'in place of https://graph.microsoft.com/v1.0'],
    ['Sign-in', address(`${origin}/common`), 'in place of https://login.microsoftonline.com/common'],
    [
      'Discovery',
      make('a', { href: '/common/v2.0/.well-known/openid-configuration' }, 'openid-configuration'),
    ],
    [
      'Client id',
      'Any client id works. Redirects go to http://localhost or http://127.0.0.1 with any port and path, or to the nativeclient address.',
    ],
    ['A token at once', address(`curl -X POST -H 'Accept: text/plain' ${origin}/_control/token`)],
    [
      'Device code',
      make('a', { href: '/devicelogin' }, 'Enter the code'),
      'that a program without a browser shows.',
    ],
  ];
  return make(
    'section',
    { class: 'card' },
    make('h2', {}, 'Point a program here'),
    make(
      'dl',
      { class: 'connect' },
      ...entries.map(([term, ...content]) =>
        make('div', {}, make('dt', {}, term), make('dd', {}, ...content)),
      ),
    ),
  );
}
