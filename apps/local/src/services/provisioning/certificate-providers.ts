import { AwsError } from '@thingdeck/aws-api'
import { arnOf } from '../../foundation/account.ts'
import type { PreparedCertificate } from '../../foundation/certificates.ts'
import { alreadyExists, notFound } from '../../foundation/errors.ts'
import type { IotHandlers, IotInput } from '../../foundation/iot-handlers.ts'
import { readPage } from '../../foundation/marker-paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { AskedFunctions } from './asked-functions.ts'
import type { CertificateProvider, CertificateProviderTable } from './certificate-provider-table.ts'
import { FleetError } from './fleet-error.ts'

/** The one operation that a provider can have. */
const OPERATION = 'CreateCertificateFromCsr'

/** What a provider's function is told. @see AWS IoT developer guide, "Self-managed certificate signing" */
export interface SigningInput {
  readonly certificateSigningRequest: string
  /** Of the claim: its certificate id. */
  readonly principalId: string
  readonly clientId: string
}

/**
 * Who signs the certificates of devices that are provisioned with a signing request, in place of AWS IoT: a function. That
 * is for fleet provisioning over MQTT alone; the control plane's operation of the same name has nothing to do with it.
 */
export class CertificateProviders {
  readonly #context: ServiceContext
  readonly #table: CertificateProviderTable
  readonly #functions: AskedFunctions

  constructor(context: ServiceContext, table: CertificateProviderTable, functions: AskedFunctions) {
    this.#functions = functions
    this.#context = context
    this.#table = table
    context.tags.addKind('certificateprovider', (name) => table.find(name) !== undefined)
  }

  arnOf(name: string): string {
    return arnOf(this.#context.account, 'iot', `certificateprovider/${name}`)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(name: string): CertificateProvider {
    const found = this.#table.find(name)
    if (!found) throw notFound(`Certificate provider ${name} does not exist`)
    return found
  }

  /** @throws {AwsError} ResourceAlreadyExistsException; LimitExceededException for a second one */
  create(input: IotInput<'CreateCertificateProvider'>): CertificateProvider {
    const { certificateProviderName: name, lambdaFunctionArn, clientToken, tags } = input
    return this.#context.database.transaction(() => {
      const there = this.#table.one()
      if (there?.name === name) {
        const isSame = there.clientToken === clientToken && there.functionArn === lambdaFunctionArn
        if (isSame) return there
        throw alreadyExists(`Certificate provider ${name} already exists`, name, this.arnOf(name))
      }
      if (there) {
        throw new AwsError('LimitExceededException', `An account has one certificate provider: there is ${there.name}`)
      }
      this.#table.insert(name, lambdaFunctionArn, clientToken, this.#context.clock())
      this.#context.tags.create(this.arnOf(name), tags)
      return this.require(name)
    })
  }

  update(name: string, lambdaFunctionArn: string | undefined): void {
    const { functionArn } = this.require(name)
    this.#table.setFunction(name, lambdaFunctionArn ?? functionArn, this.#context.clock())
  }

  /** @throws {AwsError} ResourceNotFoundException */
  delete(name: string): void {
    this.require(name)
    this.#context.database.transaction(() => {
      this.#table.delete(name)
      this.#context.tags.forget(this.arnOf(name))
    })
  }

  /** Has the provider sign a request; undefined where the account has none. Rejects with {@link FleetError}. */
  sign(input: SigningInput): Promise<PreparedCertificate> | undefined {
    const provider = this.#table.one()
    if (!provider) return undefined
    return this.#context.certificates.prepareSigned(input.certificateSigningRequest, async () => {
      const answer = await this.#functions.ask(provider.functionArn, this.arnOf(provider.name), input)
      const pem = typeof answer === 'object' && answer !== null && 'certificatePem' in answer && answer.certificatePem
      if (typeof pem === 'string') return pem
      throw new FleetError('AccessDenied', `The function ${provider.functionArn} did not answer with a certificatePem`)
    })
  }

  handlers() {
    const named = ({ name }: CertificateProvider) => ({
      certificateProviderName: name,
      certificateProviderArn: this.arnOf(name),
    })
    return {
      CreateCertificateProvider: (input) => named(this.create(input)),
      UpdateCertificateProvider: ({ certificateProviderName, lambdaFunctionArn }) => {
        this.update(certificateProviderName, lambdaFunctionArn)
        return named(this.require(certificateProviderName))
      },
      DescribeCertificateProvider: ({ certificateProviderName }) => {
        const found = this.require(certificateProviderName)
        return {
          ...named(found),
          lambdaFunctionArn: found.functionArn,
          accountDefaultForOperations: [OPERATION],
          creationDate: new Date(found.createdAtMs),
          lastModifiedDate: new Date(found.modifiedAtMs),
        }
      },
      ListCertificateProviders: ({ nextToken, ascendingOrder }) => {
        const request = { marker: nextToken, ascendingOrder }
        const { rows, nextMarker } = readPage('certificate providers', request, ({ sql, after, limit }) =>
          this.#table.read(sql, after, limit),
        )
        return { certificateProviders: rows.map(named), nextToken: nextMarker }
      },
      DeleteCertificateProvider: ({ certificateProviderName }) => {
        this.delete(certificateProviderName)
        return {}
      },
    } satisfies IotHandlers
  }
}
