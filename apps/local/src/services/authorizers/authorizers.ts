import { createPublicKey } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import type { LocalContext } from '../../foundation/context.ts'
import { alreadyExists, invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { type Authorizer, AuthorizerTable } from './authorizer-table.ts'

/** AWS IoT's quotas, "Authorizers per account" and "Active authorizers per account". */
const MAX_AUTHORIZERS = 100
const MAX_ACTIVE = 32

export interface AuthorizersParts {
  readonly tags: TagKeeper
  /** Names of the domain configurations that ask for an authorizer by itself. */
  readonly domainsOf: (authorizerName: string) => readonly string[]
}

/**
 * The custom authorizers of the account.
 * @see AWS IoT Core developer guide, "Custom authentication and authorization"
 */
export class Authorizers {
  readonly #context: LocalContext
  readonly #parts: AuthorizersParts
  readonly #table: AuthorizerTable

  constructor(context: LocalContext, parts: AuthorizersParts) {
    this.#context = context
    this.#parts = parts
    this.#table = new AuthorizerTable(context)
    parts.tags.addKind('authorizer', (name) => this.find(name) !== undefined)
  }

  find(name: string): Authorizer | undefined {
    return this.#table.find(name)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustFind(name: string): Authorizer {
    const authorizer = this.find(name)
    if (!authorizer) throw notFound(`Authorizer ${name} does not exist`)
    return authorizer
  }

  list: AuthorizerTable['list'] = (status, request) => this.#table.list(status, request)

  /** @throws {AwsError} InvalidRequestException, ResourceAlreadyExistsException, LimitExceededException */
  create(input: IotInput<'CreateAuthorizer'>): Authorizer {
    const { authorizerName: name, signingDisabled = false, status = 'INACTIVE' } = input
    const now = this.#context.clock()
    const authorizer = {
      name,
      functionArn: input.authorizerFunctionArn,
      tokenKeyName: input.tokenKeyName,
      tokenSigningPublicKeys: input.tokenSigningPublicKeys ?? {},
      status,
      signingDisabled,
      enableCachingForHttp: input.enableCachingForHttp ?? false,
      createdAtMs: now,
      modifiedAtMs: now,
    }
    this.#check(authorizer)
    return this.#context.database.transaction(() => {
      const existing = this.find(name)
      if (existing) throw alreadyExists(`Authorizer ${name} already exists`, name, existing.arn)
      if (this.#table.count() >= MAX_AUTHORIZERS) {
        throw new AwsError('LimitExceededException', `No more than ${MAX_AUTHORIZERS} authorizers can be registered`)
      }
      this.#checkActive(status === 'ACTIVE')
      this.#table.put(authorizer)
      const created = this.mustFind(name)
      this.#parts.tags.create(created.arn, input.tags)
      return created
    })
  }

  /** @throws {AwsError} ResourceNotFoundException, InvalidRequestException, LimitExceededException */
  update(input: IotInput<'UpdateAuthorizer'>): Authorizer {
    const before = this.mustFind(input.authorizerName)
    const after = {
      ...before,
      functionArn: input.authorizerFunctionArn ?? before.functionArn,
      tokenKeyName: input.tokenKeyName ?? before.tokenKeyName,
      tokenSigningPublicKeys: input.tokenSigningPublicKeys ?? before.tokenSigningPublicKeys,
      status: input.status ?? before.status,
      enableCachingForHttp: input.enableCachingForHttp ?? before.enableCachingForHttp,
      modifiedAtMs: this.#context.clock(),
    }
    this.#check(after)
    this.#checkActive(after.status === 'ACTIVE' && before.status !== 'ACTIVE')
    this.#table.put(after)
    return this.mustFind(before.name)
  }

  /** @throws {AwsError} ResourceNotFoundException, DeleteConflictException */
  delete(name: string): void {
    const { arn, status } = this.mustFind(name)
    const inTheWay = this.#whatKeeps(name, status)
    if (inTheWay !== undefined) {
      throw new AwsError('DeleteConflictException', `Authorizer ${name} cannot be deleted: ${inTheWay}`)
    }
    this.#context.database.transaction(() => {
      this.#table.delete(name)
      this.#parts.tags.forget(arn)
    })
  }

  /** The one that is asked where neither the client nor its domain names one. */
  get default(): Authorizer | undefined {
    const name = this.#table.defaultName
    return name === undefined ? undefined : this.find(name)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustHaveDefault(): Authorizer {
    const authorizer = this.default
    if (!authorizer) throw notFound('There is no default authorizer')
    return authorizer
  }

  /** @throws {AwsError} ResourceNotFoundException; ResourceAlreadyExistsException where there is one, which is cleared first */
  setDefault(name: string): Authorizer {
    const authorizer = this.mustFind(name)
    const present = this.default
    if (present) {
      const words = `${present.name} is the default authorizer already; clear it first with ClearDefaultAuthorizer`
      throw alreadyExists(words, present.name, present.arn)
    }
    this.#table.setDefault(name)
    return authorizer
  }

  /** @throws {AwsError} ResourceNotFoundException where there is none */
  clearDefault(): void {
    this.mustHaveDefault()
    this.#table.setDefault(undefined)
  }

  #whatKeeps(name: string, status: Authorizer['status']): string | undefined {
    if (status === 'ACTIVE') return 'it is ACTIVE; set its status to INACTIVE first'
    if (this.#table.defaultName === name) return 'it is the default authorizer; clear that first'
    const [domain] = this.#parts.domainsOf(name)
    return domain === undefined ? undefined : `domain configuration ${domain} uses it`
  }

  #checkActive(becomesActive: boolean): void {
    if (becomesActive && this.#table.count('ACTIVE') >= MAX_ACTIVE) {
      throw new AwsError('LimitExceededException', `No more than ${MAX_ACTIVE} authorizers can be ACTIVE`)
    }
  }

  #check({
    functionArn,
    tokenKeyName,
    tokenSigningPublicKeys,
    signingDisabled,
  }: Omit<Authorizer, 'seq' | 'arn'>): void {
    if (!FUNCTION_ARN.test(functionArn)) {
      throw invalidRequest(`authorizerFunctionArn must be the ARN of a Lambda function, not ${functionArn}`)
    }
    for (const [name, pem] of Object.entries(tokenSigningPublicKeys)) checkPublicKey(name, pem)
    if (signingDisabled) return
    if (tokenKeyName === undefined) throw invalidRequest('tokenKeyName is required unless signingDisabled is true')
    if (Object.keys(tokenSigningPublicKeys).length === 0) {
      throw invalidRequest('tokenSigningPublicKeys must have a key unless signingDisabled is true')
    }
  }
}

const FUNCTION_ARN = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/
const MIN_RSA_BITS = 2048

/** @throws {AwsError} InvalidRequestException for what is no RSA key of at least 2048 bits, PEM */
function checkPublicKey(name: string, pem: string): void {
  const bits = rsaBitsOf(pem)
  if (bits !== undefined && bits >= MIN_RSA_BITS) return
  throw invalidRequest(`The token signing public key ${name} must be an RSA public key of at least 2048 bits in PEM`)
}

function rsaBitsOf(pem: string): number | undefined {
  if (!pem.includes('PUBLIC KEY-----')) return undefined // `createPublicKey` would take a private key, too
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem)
    return asymmetricKeyType === 'rsa' ? asymmetricKeyDetails?.modulusLength : undefined
  } catch {
    return undefined
  }
}
