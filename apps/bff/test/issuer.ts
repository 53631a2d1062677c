import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the issuer says of the one person that it knows; a test changes it between one answer and the next. */
export interface Said {
  groups: unknown
  /** Signs with a key that is not among its keys. */
  withForeignKey: boolean
  /** As the head of its id tokens says: with none there is no signature, with HS256 it is one by its public key. */
  algorithm: 'RS256' | 'HS256' | 'none'
  /** Of its id tokens, in place of those that are right. */
  claims: Readonly<Record<string, unknown>>
  /** Answers a refresh with tokens, but no id token (OpenID Connect Core §12.2 allows that). */
  withoutIdToken: boolean
  /** Status of its answers at the token endpoint, when it is in trouble. */
  trouble: number | undefined
  lifetimeSeconds: number
}

/** An OpenID Connect issuer that does as the test says: it signs in `Ada` without asking. */
export interface TestIssuer extends AsyncDisposable {
  readonly url: URL
  readonly said: Said
}

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signed(claims: object, alg: Said['algorithm'], { privateKey, publicKey }: Keys): string {
  const text = `${encode({ alg, kid: 'k', typ: 'JWT' })}.${encode(claims)}`
  const pem = publicKey.export({ type: 'spki', format: 'pem' })
  const signatures = {
    RS256: () => sign('sha256', Buffer.from(text), privateKey).toString('base64url'),
    HS256: () => createHmac('sha256', pem).update(text).digest('base64url'),
    none: () => '',
  }
  return `${text}.${signatures[alg]()}`
}

interface Keys {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** What it says where nothing is wrong. */
export const RIGHT: Readonly<Said> = {
  groups: ['operator'],
  withForeignKey: false,
  algorithm: 'RS256',
  claims: {},
  withoutIdToken: false,
  trouble: undefined,
  lifetimeSeconds: 3_600,
}

export async function startIssuer(): Promise<TestIssuer> {
  const [own, foreign] = [newKey(), newKey()]
  const said: Said = { ...RIGHT }
  const nonces = new Map<string, string>()

  function answerOf(
    url: URL,
    form: URLSearchParams,
  ): { status?: number; headers?: Record<string, string>; body?: object } {
    const { origin: issuer, searchParams } = url
    if (url.pathname === '/.well-known/openid-configuration') {
      return {
        body: {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          token_endpoint_auth_methods_supported: ['none'],
        },
      }
    }
    if (url.pathname === '/keys') {
      return { body: { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'RS256' }] } }
    }
    if (url.pathname === '/authorize') {
      const code = randomUUID()
      nonces.set(code, searchParams.get('nonce') ?? '')
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.search = String(new URLSearchParams({ code, state: searchParams.get('state') ?? '' }))
      return { status: 302, headers: { location: back.href } }
    }
    if (said.trouble !== undefined) return { status: said.trouble, body: { error: 'server_error' } }
    const iat = Math.floor(Date.now() / 1_000)
    const nonce = nonces.get(form.get('code') ?? '')
    const claims = {
      iss: issuer,
      aud: form.get('client_id'),
      sub: 'ada',
      name: 'Ada',
      iat,
      exp: iat + said.lifetimeSeconds,
      ...(nonce !== undefined && { nonce }),
      'cognito:groups': said.groups,
      ...said.claims,
    }
    const isRefresh = form.get('grant_type') === 'refresh_token'
    const keys = said.withForeignKey ? foreign : own
    return {
      body: {
        access_token: 'a',
        token_type: 'Bearer',
        expires_in: said.lifetimeSeconds,
        ...(!isRefresh && { refresh_token: 'r' }),
        ...(!(isRefresh && said.withoutIdToken) && { id_token: signed(claims, said.algorithm, keys) }),
      },
    }
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = await request.toArray()
    const url = new URL(request.url ?? '/', `http://localhost:${(server.address() as AddressInfo).port}`)
    const { status = 200, headers, body } = answerOf(url, new URLSearchParams(Buffer.concat(chunks).toString()))
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body && JSON.stringify(body))
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  return {
    url: new URL(`http://localhost:${(server.address() as AddressInfo).port}`),
    said,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
