/** Pages in the bodies of requests: https://learn.microsoft.com/graph/api/sitepage-create, …/sitepage-update */
import { isObject } from '../core/body.ts';
import { invalidRequest } from '../core/service-error.ts';
import type { Json } from '../files/items/item-json.ts';
import type { PageProperties } from './site-page-record.ts';

const pageType = '#microsoft.graph.sitePage';
const layouts = new Set(['article', 'home', 'microsoftReserved']);
const promotions = new Set(['page', 'newsPost', 'microsoftReserved']);
/** Maximum length of a name, a title and a description, in characters. */
const longest = { name: 200, title: 255, description: 4096, url: 2048 } as const;

/** The name, the layout and the properties of a new page. @throws ServiceError 400. */
export function readNewPage(body: Json): {
  readonly name: string;
  readonly pageLayout: string;
  readonly properties: PageProperties;
} {
  const { name, pageLayout = 'article' } = body;
  const properties = readPageProperties(body);
  if (typeof pageLayout !== 'string' || !layouts.has(pageLayout))
    throw invalid(`The property pageLayout must be one of ${[...layouts].join(', ')}.`);
  const requestedName = typeof name === 'string' ? name : name === undefined ? properties.title : undefined;
  if (requestedName === undefined) throw invalid('A page needs a name that ends with .aspx, or a title.');
  return { name: pageName(requestedName), pageLayout, properties };
}

const invalid = (message: string) => invalidRequest(message, 'invalidParameterFormat');

/** Adds the extension of pages to a name. */
function pageName(text: string): string {
  const name = text.trim();
  const whole = /\.aspx$/i.test(name) ? name : `${name}.aspx`;
  if (whole.length > longest.name || whole.startsWith('.') || /["*:<>?/\\|#%\p{Cc}]/u.test(whole))
    throw invalid('The property name is not a valid name of a page.');
  return whole;
}

/** Reads the properties that a client may set. @throws ServiceError 400 for values of another type. */
export function readPageProperties(body: Json): PageProperties {
  const type = body['@odata.type'];
  if (type !== undefined && type !== pageType && type !== pageType.slice(1))
    throw invalid(`The property @odata.type must be ${pageType}.`);
  return {
    ...read(body, 'title', isText(longest.title), 'a text'),
    ...read(body, 'description', isText(longest.description), 'a text'),
    ...read(body, 'thumbnailWebUrl', isText(longest.url), 'a URL'),
    ...read(body, 'promotionKind', isPromotion, `one of ${[...promotions].join(', ')}`),
    ...read(body, 'showComments', isBoolean, 'true or false'),
    ...read(body, 'showRecommendedPages', isBoolean, 'true or false'),
    ...read(body, 'titleArea', isObject, 'an object'),
    ...read(body, 'canvasLayout', isObject, 'an object'),
  };
}

const isText =
  (limit: number) =>
  (value: unknown): value is string =>
    typeof value === 'string' && value.length <= limit;
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isPromotion = (value: unknown): value is string => typeof value === 'string' && promotions.has(value);

function read<K extends string, T>(
  body: Json,
  name: K,
  isValid: (value: unknown) => value is T,
  requestedName: string,
): { readonly [name in K]?: T } {
  const value = body[name];
  if (value === undefined || value === null) return {};
  if (!isValid(value)) throw invalid(`The property ${name} must be ${requestedName}.`);
  return { [name]: value } as { readonly [name in K]?: T };
}
