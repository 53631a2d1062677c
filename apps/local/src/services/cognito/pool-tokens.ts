import { generateKeyPair, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'jose'
import type { LocalContext } from '../../foundation/context.ts'
import { COGNITO_ISSUER } from '../../foundation/id-tokens.ts'
import { lazily } from '../../foundation/lazily.ts'

const generate = promisify(generateKeyPair)

const STEPS = ['CREATE TABLE cognito_signing_key (jwk TEXT NOT NULL) STRICT']

/** What a token of a pool says. */
export interface PoolToken {
  readonly identityId: string
  readonly poolId: string
  /** How the identity is known: `authenticated` and by whom, or `unauthenticated`. */
  readonly amr: readonly string[]
  readonly lifetimeSeconds: number
}

/** Signs the tokens that pools give out; the key is made when it is first needed, and outlives a restart. */
export class PoolTokens {
  readonly #context: LocalContext
  #key = lazily(() => this.#readOrMake())

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('cognito-signing-key', STEPS)
  }

  async issue({ identityId, poolId, amr, lifetimeSeconds }: PoolToken): Promise<string> {
    const { SignJWT, importJWK } = await import('jose')
    const key = await this.#key()
    const now = Math.floor(this.#context.clock() / 1000)
    return new SignJWT({ amr: [...amr] })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWS', ...(key.kid !== undefined && { kid: key.kid }) })
      .setIssuer(COGNITO_ISSUER)
      .setAudience(poolId)
      .setSubject(identityId)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetimeSeconds)
      .sign(await importJWK(key, 'RS256'))
  }

  /** Without its private part. */
  async publicKey(): Promise<JWK> {
    const { kty, n = '', e = '', kid } = await this.#key()
    return { kty: kty ?? 'RSA', n, e, ...(kid !== undefined && { kid }), alg: 'RS256', use: 'sig' }
  }

  /** The database was emptied: the next token is signed with another key. */
  reset(): void {
    this.#key = lazily(() => this.#readOrMake())
  }

  async #readOrMake(): Promise<JWK> {
    const { database } = this.#context
    const row = database.get<{ jwk: string }>('SELECT jwk FROM cognito_signing_key')
    if (row) return JSON.parse(row.jwk)
    const { privateKey } = await generate('rsa', { modulusLength: 2048 })
    const key: JWK = { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', kid: randomUUID() }
    database.run('INSERT INTO cognito_signing_key VALUES (?)', JSON.stringify(key))
    return key
  }
}
