import type { JWK } from 'jose'
import type { LocalContext } from '../../foundation/context.ts'
import type { Service } from '../../foundation/service.ts'
import { Issuer } from './issuer.ts'
import type { IssuerOptions } from './provider.ts'

export type { IssuerOptions } from './provider.ts'

/** What the issuer is for the rest of the server. */
export interface OidcService extends Service {
  /** The public part of the key that signs the tokens. */
  publicKey(): Promise<JWK>
}

/** The embedded OpenID Connect issuer with its login page. */
export function oidcService(context: LocalContext, options: IssuerOptions): OidcService {
  const issuer = new Issuer(context, options)
  return {
    name: 'oidc',
    routes: [{ path: `${issuer.path}/*`, handle: (request, response) => issuer.handle(request, response) }],
    reset: () => issuer.restore(),
    publicKey: () => issuer.publicKey(),
  }
}
