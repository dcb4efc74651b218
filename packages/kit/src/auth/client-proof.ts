/**
 * How an application proves its identity: not at all (a public client), with its secret, with a signature by
 * the key of a certificate (`private_key_jwt`, RFC 7523), or with a token of another issuer. Source:
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
import * as oauth from 'oauth4webapi';

/** A certificate with its private key, ready to sign. */
export interface ClientCertificate {
  /** For RSASSA-PSS with SHA-256 (PS256), or an elliptic curve. */
  readonly privateKey: CryptoKey;
  /** SHA-256 of the certificate's DER as base64url, by which the service finds the uploaded certificate. */
  readonly thumbprint: string;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validTo: number;
  /** For display. */
  readonly subject: string;
}

/** How an application proves its identity: nothing, a secret, a certificate, or a token of another issuer. */
export type ClientProof =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificate: ClientCertificate }
  | {
      readonly kind: 'federated';
      /** Called for each use: such tokens are valid for minutes. */
      readonly token: (signal?: AbortSignal) => Promise<string>;
    };

/** Minutes by which the two clocks may differ. */
const tolerance = 5 * 60;

/** The proof in the form that `oauth4webapi` expects. */
export function clientAuthentication(proof: ClientProof, signal?: AbortSignal): oauth.ClientAuth {
  switch (proof.kind) {
    case 'none':
      return oauth.None();
    case 'secret':
      return oauth.ClientSecretPost(proof.secret);
    case 'certificate':
      return signedAssertion(proof.certificate);
    case 'federated':
      return async (_server, client, body) => {
        body.set('client_id', client.client_id);
        body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
        body.set('client_assertion', await proof.token(signal));
      };
  }
}

function signedAssertion({ privateKey, thumbprint }: ClientCertificate): oauth.ClientAuth {
  return async (server, client, body, headers) => {
    const sign = oauth.PrivateKeyJwt(privateKey, {
      [oauth.modifyAssertion](header, payload) {
        const now = payload['iat'] as number;
        delete header['kid'];
        header['typ'] = 'JWT';
        header['x5t#S256'] = thumbprint;
        payload['aud'] = server.token_endpoint;
        payload['nbf'] = now - tolerance;
        payload['exp'] = now + 2 * tolerance;
      },
    });
    await sign(server, client, body, headers);
  };
}
