/** Helpers that build elements. Text from the server is only ever inserted as text, never as markup. */

type Child = Node | string | undefined | false;

/** Attributes and listeners: `class`, `aria-label`, `onclick`, …; `undefined` and `false` set nothing, `true` sets an empty value. */
export type Properties = Readonly<
  Record<string, string | number | boolean | undefined | ((event: Event) => unknown)>
>;

/** An element with attributes and children. A function under `onNAME` becomes a listener. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties?: Properties,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
export function make(tag: string, properties?: Properties, ...children: readonly Child[]): HTMLElement;
export function make(tag: string, properties: Properties = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  fill(element, ...children);
  return element;
}

/** Replaces the children of an element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== undefined && child !== false));
}

/** The element with this id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element "${id}".`);
  return element;
}

/** Sets or removes an attribute. */
export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
