import { createHash, X509Certificate } from 'node:crypto'
import type { Ledger } from './ledger.ts'
import { isOf, underscored } from './prefix.ts'
import type { ResourceKind } from './resource-kind.ts'
import { Pkcs10CertificateRequest } from './x509.ts'

/** A call that would have been about something that the run did not make: it never left. */
export class GuardError extends Error {
  override readonly name = 'GuardError'
}

/** The operations that make something: what, and the member of the input that names it. */
const MAKES: Readonly<Record<string, readonly [kind: ResourceKind, member: string]>> = {
  CreateThing: ['thing', 'thingName'],
  CreateThingType: ['thing type', 'thingTypeName'],
  CreateThingGroup: ['thing group', 'thingGroupName'],
  CreateDynamicThingGroup: ['dynamic thing group', 'thingGroupName'],
  CreateBillingGroup: ['billing group', 'billingGroupName'],
  CreatePolicy: ['policy', 'policyName'],
  CreatePolicyVersion: ['policy', 'policyName'],
  CreateTopicRule: ['topic rule', 'ruleName'],
  ReplaceTopicRule: ['topic rule', 'ruleName'],
  CreateJob: ['job', 'jobId'],
  CreateJobTemplate: ['job template', 'jobTemplateId'],
  CreateCommand: ['command', 'commandId'],
  CreateStream: ['stream', 'streamId'],
  CreatePackage: ['package', 'packageName'],
  CreatePackageVersion: ['package', 'packageName'],
  CreateFleetMetric: ['fleet metric', 'metricName'],
  CreateProvisioningTemplate: ['provisioning template', 'templateName'],
  CreateProvisioningTemplateVersion: ['provisioning template', 'templateName'],
  CreateRoleAlias: ['role alias', 'roleAlias'],
  UpdateThingShadow: ['shadow', 'thingName'],
  CreateRole: ['role', 'RoleName'],
  CreateBucket: ['bucket', 'Bucket'],
}

/** What is the account's and not ours, whatever an input names: never called. */
const ACCOUNT_WIDE =
  /^(?:Set(?:V2)?Logging|DeleteV2LoggingLevel|SetDefaultAuthorizer|ClearDefaultAuthorizer|Update(?:EventConfigurations|IndexingConfiguration|PackageConfiguration|AccountAuditConfiguration|EncryptionConfiguration)|DeleteRegistrationCode|DeleteAccountAuditConfiguration)/
const READS = /^(?:Describe|Get|List|Search|Test|Head)/

type Input = Readonly<Record<string, unknown>>

/**
 * Looks at every call before it leaves: reads go through; what makes something is put into the ledger first; every other
 * write has to name something with the run's prefix, or a certificate of the run.
 */
export class Guard {
  readonly #prefix: string
  readonly #certificateIds = new Set<string>()
  readonly #ledger: Ledger

  constructor(prefix: string, ledger: Ledger) {
    this.#prefix = prefix
    this.#ledger = ledger
  }

  /** @throws {GuardError} where it is not ours to call */
  before(operation: string, input: Input): void {
    if (READS.test(operation)) return
    if (ACCOUNT_WIDE.test(operation)) throw new GuardError(`${operation} is the account's: the run never calls it`)
    if (isCertificateMaker(operation)) {
      this.#beforeCertificate(operation, input)
      return
    }
    if (!this.#isOurs(input))
      throw new GuardError(`${operation} names nothing of this run: ${JSON.stringify(input).slice(0, 200)}`)
    const made = MAKES[operation]
    if (made === undefined) {
      if (/^(?:Create|Register)/.test(operation))
        throw new GuardError(`Nobody knows how to remove what ${operation} makes`)
      return
    }
    const [kind, member] = made
    const name = String(input[member])
    if (!isOf(this.#prefix, name)) throw new GuardError(`${operation} makes ${name}, which is no name of this run`)
    this.note(kind, operation === 'UpdateThingShadow' ? `${name}~${input.shadowName ?? ''}` : name)
  }

  /** What is about to be made, once for each. */
  note(kind: ResourceKind, name: string): void {
    if (this.#ledger.entries.some((entry) => entry.kind === kind && entry.name === name && name !== '')) return
    this.#ledger.add({ kind, name, atMs: Date.now() })
  }

  /** Of a certificate that AWS is about to make, for a key that it is known by; the id follows in the answer. */
  noteCertificate(certificateSigningRequest: string): void {
    const publicKey = keyOfRequest(certificateSigningRequest)
    this.#ledger.add({ kind: 'certificate', name: '', atMs: Date.now(), ...(publicKey !== undefined && { publicKey }) })
  }

  /** A certificate whose id AWS has said. */
  ownCertificate(certificateId: string, certificatePem: string): void {
    this.#certificateIds.add(certificateId)
    const publicKey = keyOfCertificate(certificatePem)
    this.#ledger.add({ kind: 'certificate', name: certificateId, atMs: Date.now(), publicKey })
  }

  #beforeCertificate(operation: string, input: Input): void {
    const { certificateSigningRequest, certificatePem } = input
    if (typeof certificatePem === 'string') {
      const { fingerprint256 } = new X509Certificate(certificatePem)
      this.ownCertificate(fingerprint256.replaceAll(':', '').toLowerCase(), certificatePem)
    } else if (typeof certificateSigningRequest === 'string') this.noteCertificate(certificateSigningRequest)
    else if (operation === 'CreateKeysAndCertificate')
      this.#ledger.add({ kind: 'certificate', name: '', atMs: Date.now() })
  }

  #isOurs(input: Input): boolean {
    const names = Object.values(input).filter((value) => typeof value === 'string')
    return names.some(
      (name) =>
        name.includes(this.#prefix) ||
        name.includes(underscored(this.#prefix)) ||
        [...this.#certificateIds].some((certificateId) => name.includes(certificateId)),
    )
  }
}

const isCertificateMaker = (operation: string) =>
  /^(?:CreateKeysAndCertificate|CreateCertificateFromCsr|RegisterCertificate(?:WithoutCA)?)$/.test(operation)

const sha256 = (bytes: ArrayBuffer | Buffer) => createHash('sha256').update(new Uint8Array(bytes)).digest('hex')

/** The SHA-256 of a certificate's public key. */
export const keyOfCertificate = (pem: string): string =>
  sha256(new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }))

/** Undefined where the request is none: AWS makes nothing of it then. */
function keyOfRequest(request: string): string | undefined {
  try {
    return sha256(new Pkcs10CertificateRequest(request).publicKey.rawData)
  } catch {
    return undefined
  }
}
