import { randomInt } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import type { LocalContext } from '../../foundation/context.ts'
import { alreadyExists, invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import type { ServerCertificates } from '../../foundation/server-certificates.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import {
  type DomainConfiguration,
  DomainConfigurationTable,
  type DomainSettings,
} from './domain-configuration-table.ts'
import { customerDomainName, managedDomainName } from './domain-name.ts'
import { checkServerCertificateConfig, checkSettings } from './settings-check.ts'

/** AWS IoT's quota, "Domain configurations". */
const MAX_CONFIGURATIONS = 10
/** "AWS-managed domains can be deleted seven days after they were disabled." */
const MANAGED_KEPT_MS = 7 * 86_400_000
const SUFFIX = { characters: 'abcdefghijklmnopqrstuvwxyz0123456789', length: 5 }

type CreateInput = IotInput<'CreateDomainConfiguration'>
type UpdateInput = IotInput<'UpdateDomainConfiguration'>

export interface DomainConfigurationsParts {
  readonly tags: TagKeeper
  /** The name under which clients reach the server. */
  readonly host: string
  readonly isDefaultEndpoint: (serverName: string) => boolean
  readonly authorizerExists: (name: string) => boolean
  readonly certificates: ServerCertificates
}

/**
 * Domain configurations that somebody made; the default endpoints are not among them.
 * @see AWS IoT Core developer guide, "Domain configurations"
 */
export class DomainConfigurations {
  readonly #context: LocalContext
  readonly #parts: DomainConfigurationsParts
  readonly #table: DomainConfigurationTable

  constructor(context: LocalContext, parts: DomainConfigurationsParts) {
    this.#context = context
    this.#parts = parts
    this.#table = new DomainConfigurationTable(context)
    parts.tags.addKind('domainconfiguration', (id) =>
      this.all.some(({ arn }) => arn.endsWith(`:domainconfiguration/${id}`)),
    )
  }

  /** In the order of their names. */
  get all(): readonly DomainConfiguration[] {
    return this.#table.all
  }

  find(name: string): DomainConfiguration | undefined {
    return this.all.find((configuration) => configuration.name === name)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustFind(name: string): DomainConfiguration {
    const configuration = this.find(name)
    if (!configuration) throw notFound(`Domain configuration ${name} does not exist`)
    return configuration
  }

  /** By what a client names, without regard to case. */
  named(serverName: string): DomainConfiguration | undefined {
    const { all } = this
    if (all.length === 0) return undefined
    const name = serverName.toLowerCase()
    return all.find(({ domainName }) => domainName === name)
  }

  /** @throws {AwsError} InvalidRequestException, CertificateValidationException, ResourceAlreadyExistsException, LimitExceededException */
  create(input: CreateInput): DomainConfiguration {
    const { domainConfigurationName: name, serviceType = 'DATA' } = input
    if (serviceType !== 'DATA') throw invalidRequest(`serviceType must be DATA, not ${serviceType}`)
    checkServerCertificateConfig(input.serverCertificateConfig)
    const settings: DomainSettings = {
      status: 'ENABLED',
      authenticationType: input.authenticationType ?? 'DEFAULT',
      applicationProtocol: input.applicationProtocol ?? 'DEFAULT',
      authorizerConfig: authorizerConfigOf(input),
      securityPolicy: securityPolicyOf(input),
      clientCertificateCallbackArn: input.clientCertificateConfig?.clientCertificateCallbackArn,
    }
    checkSettings(settings, this.#parts.authorizerExists)
    return this.#transaction(() => {
      const existing = this.find(name)
      if (existing) throw alreadyExists(`Domain configuration ${name} already exists`, name, existing.arn)
      if (this.all.length >= MAX_CONFIGURATIONS) {
        throw new AwsError('LimitExceededException', `No more than ${MAX_CONFIGURATIONS} domain configurations`)
      }
      const suffix = newSuffix()
      this.#table.insert(
        { ...settings, name, ...this.#placeOf(input, suffix), statusChangedAtMs: this.#context.clock() },
        suffix,
      )
      const created = this.mustFind(name)
      this.#parts.tags.create(created.arn, input.tags)
      return created
    })
  }

  /** @throws {AwsError} ResourceNotFoundException, InvalidRequestException */
  update(input: UpdateInput): DomainConfiguration {
    const before = this.mustFind(input.domainConfigurationName)
    checkServerCertificateConfig(input.serverCertificateConfig)
    if (input.removeAuthorizerConfig === true && input.authorizerConfig) {
      throw invalidRequest('authorizerConfig cannot be set and removed at once')
    }
    const { clientCertificateConfig: certificateConfig } = input
    const kept = input.removeAuthorizerConfig === true ? undefined : before.authorizerConfig
    const after: DomainSettings = {
      status: input.domainConfigurationStatus ?? before.status,
      authenticationType: input.authenticationType ?? before.authenticationType,
      applicationProtocol: input.applicationProtocol ?? before.applicationProtocol,
      authorizerConfig: authorizerConfigOf(input) ?? kept,
      securityPolicy: securityPolicyOf(input) ?? before.securityPolicy,
      clientCertificateCallbackArn: certificateConfig
        ? certificateConfig.clientCertificateCallbackArn
        : before.clientCertificateCallbackArn,
    }
    checkSettings(after, this.#parts.authorizerExists)
    const changedAtMs = after.status === before.status ? before.statusChangedAtMs : this.#context.clock()
    this.#table.update(before.name, after, changedAtMs)
    return this.mustFind(before.name)
  }

  /** @throws {AwsError} ResourceNotFoundException, InvalidRequestException */
  delete(name: string): void {
    const { arn, status, domainType, statusChangedAtMs } = this.mustFind(name)
    if (status !== 'DISABLED') {
      throw invalidRequest(`Domain configuration ${name} must be DISABLED before it is deleted`)
    }
    if (domainType === 'AWS_MANAGED' && this.#context.clock() < statusChangedAtMs + MANAGED_KEPT_MS) {
      throw invalidRequest(
        `Domain configuration ${name} is AWS-managed: it can be deleted 7 days after it was disabled`,
      )
    }
    this.#transaction(() => {
      this.#table.delete(name)
      this.#parts.tags.forget(arn)
    })
  }

  /** What was read is read again. */
  forget(): void {
    this.#table.forget()
  }

  /** What was read of a change that is taken back is read again. */
  #transaction<Result>(work: () => Result): Result {
    try {
      return this.#context.database.transaction(work)
    } catch (error) {
      this.#table.forget()
      throw error
    }
  }

  #placeOf(input: CreateInput, suffix: string) {
    const { domainName, serverCertificateArns = [], validationCertificateArn } = input
    const [serverCertificateArn] = serverCertificateArns
    const isTaken = (name: string) => this.named(name) !== undefined || this.#parts.isDefaultEndpoint(name)
    if (domainName === undefined) {
      if (serverCertificateArn !== undefined || validationCertificateArn !== undefined) {
        throw invalidRequest('A server certificate goes with a domainName; AWS-managed domains have one of their own')
      }
      const managed = managedDomainName(input.domainConfigurationName, this.#parts.host, suffix, isTaken)
      return { domainName: managed, serverCertificateArn: undefined, validationCertificateArn: undefined }
    }
    const name = customerDomainName(domainName)
    if (isTaken(name)) throw invalidRequest(`The domain ${name} has a configuration already`)
    if (serverCertificateArn === undefined) throw invalidRequest('serverCertificateArns is required with a domainName')
    this.#parts.certificates.check(serverCertificateArn, name)
    if (validationCertificateArn !== undefined) this.#parts.certificates.check(validationCertificateArn)
    return { domainName: name, serverCertificateArn, validationCertificateArn }
  }
}

function newSuffix(): string {
  const { characters, length } = SUFFIX
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join('')
}

/** Nobody may name another authorizer unless it is said. */
const authorizerConfigOf = ({ authorizerConfig }: Pick<CreateInput, 'authorizerConfig'>) =>
  authorizerConfig && {
    ...(authorizerConfig.defaultAuthorizerName !== undefined && {
      defaultAuthorizerName: authorizerConfig.defaultAuthorizerName,
    }),
    allowAuthorizerOverride: authorizerConfig.allowAuthorizerOverride ?? false,
  }

/** Whether there is such a policy is checked with the other settings. */
const securityPolicyOf = ({ tlsConfig }: Pick<CreateInput, 'tlsConfig'>) =>
  tlsConfig?.securityPolicy as DomainSettings['securityPolicy']
