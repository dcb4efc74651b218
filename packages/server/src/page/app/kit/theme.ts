/** Light and dark: the Fluent theme follows the system, unless the person chose one on this page. */

import { webDarkTheme, webLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components/theme/set-theme.js';
import { fill } from './dom.ts';
import { icon } from './icons.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
const key = 'color-scheme';

function isDark(): boolean {
  const chosen = localStorage.getItem(key);
  return chosen === null ? dark.matches : chosen === 'dark';
}

function apply(): void {
  document.documentElement.dataset['scheme'] = isDark() ? 'dark' : 'light';
  setTheme(isDark() ? webDarkTheme : webLightTheme);
}

/** Applies the theme, and lets `button` switch it. A choice that equals the system's setting is forgotten. */
export function followTheme(button: HTMLElement): void {
  const show = () => {
    apply();
    const label = isDark() ? 'Use the light theme' : 'Use the dark theme';
    button.setAttribute('aria-label', label);
    button.title = label;
    fill(button, icon(isDark() ? 'sun' : 'moon'));
  };
  dark.addEventListener('change', show);
  button.addEventListener('click', () => {
    const wanted = isDark() ? 'light' : 'dark';
    if ((wanted === 'dark') === dark.matches) localStorage.removeItem(key);
    else localStorage.setItem(key, wanted);
    show();
  });
  show();
}
