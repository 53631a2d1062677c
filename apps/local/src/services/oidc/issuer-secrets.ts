import { generateKeyPair, randomBytes, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'jose'
import type { LocalContext } from '../../foundation/context.ts'
import { lazily } from '../../foundation/lazily.ts'

const generate = promisify(generateKeyPair)

/** A key that signs tokens, as the issuer needs it. */
export interface SigningKey extends JWK {
  kty: 'RSA'
  kid: string
  use: 'sig'
  alg: 'RS256'
}

/** What the issuer must keep to itself. */
export interface IssuerSecrets {
  readonly signingKey: SigningKey
  /** Signs the issuer's cookies. */
  readonly cookieKey: string
}

const STEPS = ['CREATE TABLE issuer_secrets (secrets TEXT NOT NULL) STRICT']

/** The issuer's secrets, made when they are first needed and kept in the database. */
export class IssuerSecretStore {
  readonly #context: LocalContext
  /** The same secrets at every call. */
  readonly open = lazily(() => this.#readOrMake())
  #inUse: IssuerSecrets | undefined

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('issuer-secrets', STEPS)
  }

  /** The signing key without its private part. */
  async publicKey(): Promise<JWK> {
    const { kty, n = '', e = '', kid, use, alg } = (await this.open()).signingKey
    return { kty, n, e, kid, use, alg }
  }

  /** Writes the secrets in use once more, after the database was emptied. */
  restore(): void {
    if (this.#inUse) this.#write(this.#inUse)
  }

  async #readOrMake(): Promise<IssuerSecrets> {
    const row = this.#context.database.get<{ secrets: string }>('SELECT secrets FROM issuer_secrets')
    if (row) {
      this.#inUse = JSON.parse(row.secrets) as IssuerSecrets // nobody else writes this row
      return this.#inUse
    }
    const { privateKey } = await generate('rsa', { modulusLength: 2048 })
    const secrets: IssuerSecrets = {
      signingKey: { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', kid: randomUUID(), use: 'sig', alg: 'RS256' },
      cookieKey: randomBytes(32).toString('base64url'),
    }
    this.#write(secrets)
    this.#inUse = secrets
    return secrets
  }

  #write(secrets: IssuerSecrets): void {
    const { database } = this.#context
    database.transaction(() => {
      database.run('DELETE FROM issuer_secrets')
      database.run('INSERT INTO issuer_secrets VALUES (?)', JSON.stringify(secrets))
    })
  }
}
