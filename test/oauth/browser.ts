/** A minimal browser without scripts for sign-in pages: cookies, forms, buttons, and redirects to other servers. */

/** A page, or the address on another server that the browser was redirected to. */
export interface View {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The redirect target, if it is not on this server. */
  readonly left: URL | undefined;
}

export interface Browser {
  open(url: string): Promise<View>;
  /** Fills in the form with this button and submits it; other fields keep the values of the page. */
  press(button: string, fields?: Readonly<Record<string, string>>): Promise<View>;
  readonly cookies: ReadonlyMap<string, string>;
}

interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly buttons: readonly {
    readonly label: string;
    readonly name: string | undefined;
    readonly value: string;
  }[];
}

type Fetch = (request: Request) => Promise<Response>;

/** A browser with an empty cookie jar; requests to `origin` go to `fetch`, and nothing else is requested. */
export function browser(fetch: Fetch, origin: string): Browser {
  const cookies = new Map<string, string>();
  let forms: readonly Form[] = [];
  let here = new URL(origin);

  const go = async (url: URL, form?: URLSearchParams): Promise<View> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    };
    const init = form ? { method: 'POST', headers, body: form.toString() } : { headers };
    const response = await fetch(new Request(url, init));
    for (const line of response.headers.getSetCookie()) remember(cookies, line);
    const location = response.headers.get('location');
    if (location !== null && response.status >= 300 && response.status < 400) {
      const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
      if (next?.origin === origin) return go(next);
      return { status: response.status, headers: response.headers, text: '', left: next };
    }
    const text = await response.text();
    here = url;
    forms = formsIn(text);
    return { status: response.status, headers: response.headers, text, left: undefined };
  };
  return {
    cookies,
    open: (url) => go(new URL(url, origin)),
    async press(label, fields = {}) {
      const form = forms.find((candidate) =>
        candidate.buttons.some((button) => button.label.includes(label)),
      );
      const button = form?.buttons.find((candidate) => candidate.label.includes(label));
      if (!form || !button) throw new Error(`There is no button ${label} on this page.`);
      const values = new URLSearchParams([...form.fields, ...Object.entries(fields)].reverse());
      const data = new URLSearchParams([...new Map([...values].reverse())]);
      if (button.name !== undefined) data.append(button.name, button.value);
      const action = new URL(form.action, here);
      if (form.method === 'post') return go(action, data);
      return go(new URL(`${action.pathname}?${data.toString()}`, action));
    },
  };
}

function remember(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const [name = '', value = ''] = pair.split('=', 2);
  if (attributes.includes('Max-Age=0')) cookies.delete(name);
  else cookies.set(name, value);
}

function formsIn(markup: string): readonly Form[] {
  return [...markup.matchAll(/<form([^>]*)>([^]*?)<\/form>/g)].map(([, open = '', inside = '']) => ({
    action: attribute(open, 'action') ?? '',
    method: attribute(open, 'method') ?? 'get',
    fields: new Map(
      [...inside.matchAll(/<input([^>]*)>/g)].map(([, input = '']) => [
        attribute(input, 'name') ?? '',
        attribute(input, 'value') ?? '',
      ]),
    ),
    buttons: [...inside.matchAll(/<button([^>]*)>([^]*?)<\/button>/g)].map(([, button = '', label = '']) => ({
      label: label.replaceAll(/<[^>]*>/g, ' '),
      name: attribute(button, 'name'),
      value: attribute(button, 'value') ?? '',
    })),
  }));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replaceAll(/&(#?\w+);/g, (whole, entity: string) => entities[entity] ?? whole);
}
