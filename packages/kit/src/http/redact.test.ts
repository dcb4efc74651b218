import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactHeaders, redactLink, redactRequestHeaders, redactText } from './redact.ts';

const graph = 'https://graph.microsoft.com/v1.0/me/drive';

describe('redaction', () => {
  test('keeps text that is not secret', () => {
    const plain = `GET ${graph}/root:/Documents/a%20b.txt:/children?$top=200&$select=id,name 200 {"name":"token list.txt","size":3}`;
    expect(redactText(plain)).toBe(plain);
  });

  test('keeps host and path structure of secret links', () => {
    expect(redactText('https://sn3302.up.1drv.com/up/fe6987415ace7X4e1eF866337')).toBe(
      'https://sn3302.up.1drv.com/***',
    );
    expect(redactText('https://api.onedrive.com/rup/abc/def?x=1 next')).toBe(
      'https://api.onedrive.com/rup/*** next',
    );
    expect(redactText('https://c.sharepoint.com/_layouts/15/download.aspx?UniqueId=b7b2&tempauth=x.y')).toBe(
      'https://c.sharepoint.com/_layouts/15/download.aspx?***',
    );
  });

  test('redacts authorization and cookies completely, keeps the host of locations', () => {
    expect(
      redactHeaders({
        Authorization: 'Bearer abc',
        'set-cookie': 'a=b',
        location: 'https://h.example/up/x',
        etag: '"1"',
      }),
    ).toEqual({ Authorization: '***', 'set-cookie': '***', location: 'https://h.example/***', etag: '"1"' });
    expect(redactLink('no url')).toBe('***');
  });

  test('keeps only the name of request headers that are not known to be harmless', () => {
    const headers = { accept: '*/*', 'x-proxy-ticket': 'abc', authorization: 'Bearer x', range: 'bytes=0-1' };
    expect(redactRequestHeaders(headers)).toEqual({
      accept: '*/*',
      'x-proxy-ticket': '***',
      authorization: '***',
      range: 'bytes=0-1',
    });
  });

  test('keeps an address with a name in its path', () => {
    const url = 'http://127.0.0.1:8080/v1.0/users/me@contoso.com/drive';
    expect(redactText(url)).toBe(url);
  });

  test('keeps the realm of a challenge', () => {
    expect(redactHeaders({ 'www-authenticate': 'Bearer realm="", error="invalid_token"' })).toEqual({
      'www-authenticate': 'Bearer realm="", error="invalid_token"',
    });
  });

  // Long enough not to match a word of the template by chance.
  const plainSecret = fc.stringMatching(/^[A-Za-z0-9_-]{12,60}$/);
  /**
   * Formats found in practice: codes of personal accounts (`M.C107_BAY.2.U!a*b$`), client secrets (`~`),
   * base64 as text and in addresses.
   */
  const secret = fc.oneof(
    plainSecret,
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.~!*$-]{12,60}[A-Za-z0-9]$/),
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9+/]{12,60}={0,2}$/),
    fc.stringMatching(/^[A-Za-z0-9]{4}(%2[BFbf]|[A-Za-z0-9]){12,40}(%3[Dd]){0,2}$/),
  );
  const jwt = fc.tuple(plainSecret, plainSecret, plainSecret).map(([a, b, c]) => `eyJ${a}.${b}.${c}`);
  const places: Record<string, (value: string) => string> = {
    'bearer header': (value) => `Authorization: Bearer ${value}\r\nAccept: */*`,
    'json access token': (value) => `{"token_type":"Bearer","access_token":"${value}","expires_in":3600}`,
    'json refresh token, spaced': (value) => `{ "refresh_token" : "${value}" }`,
    'json in json': (value) => JSON.stringify({ body: JSON.stringify({ id_token: value, a: 1 }) }),
    form: (value) =>
      `grant_type=authorization_code&code=${value}&code_verifier=${value}&client_secret=${value}`,
    'device code': (value) => `device_code=${value}&client_id=abc`,
    'redirect with a code': (value) => `http://localhost:1234/?state=x&code=${value}`,
    'redirect inside a query': (value) =>
      `https://h.example/?next=${encodeURIComponent(`http://localhost/?code=${value}`)}`,
    'fragment token': (value) => `https://h.example/#access_token=${value}&x=1`,
    'download link': (value) =>
      `https://c.sharepoint.com/_layouts/15/download.aspx?UniqueId=${value}&tempauth=${value}`,
    'download link in json': (value) =>
      `{"@microsoft.graph.downloadUrl":"https://public.sn.files.example/y4m${value}"}`,
    'upload link in json': (value) =>
      `{"uploadUrl":"https://sn3302.up.1drv.com/up/${value}","expirationDateTime":"x"}`,
    'business upload link': (value) =>
      `PUT https://c.sharepoint.com/_api/v2.0/drives/b!x/items/1/uploadSession?guid='${value}'&tempauth=${value}`,
    'old upload link': (value) => `https://api.onedrive.com/rup/0123456789abcdef/${value}`,
    'delta token': (value) => `${graph}/root/delta?token=${value}`,
    'delta call': (value) => `${graph}/root/delta(token='${value}')`,
    signature: (value) => `https://h.example/x?sv=1&sig=${value}`,
    'sharing token': (value) => `https://api.onedrive.com/v1.0/shares/u!${value}/root`,
    'sharing link': (value) => `https://1drv.ms/u/s!${value}`,
    'business sharing link': (value) => `https://c.sharepoint.com/:w:/g/personal/x/${value}?e=abc`,
    'client assertion': (value) => `client_assertion_type=urn%3Ax&client_assertion=${value}&scope=a`,
    'proxy authorization': (value) => `Proxy-Authorization: Basic ${value}`,
    'proxy address': (value) => `HTTPS_PROXY=http://me:${value}@proxy.example:8080`,
    'password in any address': (value) => `GET https://someone:${value}@h.example/x`,
    'environment variable': (value) => `ONEDRIVE_CLIENT_SECRET=${value} ONEDRIVE_TOKEN=${value}`,
    'configuration file': (value) =>
      `auth:\n  refresh_token: '${value}'\n  access_token: "${value}"\n  sealed: ${value}\nclient:\n  secret: ${value}\n`,
    'certificate password': (value) => `{"certificate_password":"${value}"}`,
    'private key': (value) => `-----BEGIN PRIVATE KEY-----\n${value}\n${value}\n-----END PRIVATE KEY-----`,
    'continuation of a query': (value) => `https://h.example/x?a=1&X-Amz-Signature=${value}&sktoken=${value}`,
    'preview and thumbnail links in json': (value) =>
      `{"getUrl":"https://h.example/${value}","small":{"width":96,"url":"https://h.example/t/${value}"}}`,
    authkey: (value) => `https://onedrive.live.com/?authkey=!${value}&id=1`,
  };

  test.each(Object.entries(places))('redacts the whole secret: %s', (name, place) => {
    fc.assert(
      fc.property(secret, (value) => {
        // `http://me:80/…@host`: digits before an unescaped slash are a port.
        fc.pre(!(name.endsWith('address') && /^\d+\//.test(value)));
        const clean = redactText(place(value));
        expect(clean).not.toContain(value);
        expect(clean).not.toContain(value.slice(0, 10));
        expect(redactText(clean)).toBe(clean);
      }),
    );
  });

  test('redacts tokens by their format, in any place', () => {
    fc.assert(
      fc.property(jwt, fc.stringMatching(/^[a-z (:,"']{0,20}$/), (value, before) => {
        expect(redactText(`${before} ${value} after`)).not.toContain(value.slice(0, 12));
      }),
    );
  });

  test('redacting twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(redactText(redactText(text))).toBe(redactText(text));
      }),
    );
  });
});
