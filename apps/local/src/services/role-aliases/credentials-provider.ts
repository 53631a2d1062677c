import { AwsError } from '@thingdeck/aws-api'
import { evaluate, explain, PolicyContext, type PolicyDecision } from '@thingdeck/policies'
import type { LocalContext } from '../../foundation/context.ts'
import type { SecurityNeighbours } from '../../security/neighbours.ts'
import type { CertificateRecord } from '../certificates/certificate-store.ts'
import type { Policies } from '../policies/policies.ts'
import type { CredentialStore, TemporaryCredentials } from '../sts-iam/credential-store.ts'
import { decideTrust } from '../sts-iam/role-policies.ts'
import { parseRoleArn, type Role, type RoleStore } from '../sts-iam/role-store.ts'
import type { RoleAliases } from './role-aliases.ts'

const ACTION = 'iot:AssumeRoleWithCertificate'
const SERVICE = { type: 'Service', value: 'credentials.iot.amazonaws.com' } as const

export interface CredentialsProviderParts {
  readonly aliases: RoleAliases
  readonly roles: RoleStore
  readonly policies: Policies
  readonly credentials: CredentialStore
  readonly neighbours: Pick<
    SecurityNeighbours,
    'thingsOf' | 'associatedThing' | 'groupsOfThing' | 'connectionContext' | 'thingTypeOf'
  >
}

/** A refusal by policy: what the log needs besides the error. */
export class CredentialsRefused extends AwsError {
  readonly resource: string
  readonly reason: string
  readonly decision: PolicyDecision

  constructor(decision: PolicyDecision) {
    super('AccessDeniedException', 'Access Denied')
    this.resource = decision.resource
    this.reason = explain(decision)
    this.decision = decision
  }
}

/**
 * Exchanges a device's certificate for temporary credentials of the role behind an alias.
 * @see AWS IoT Core developer guide, "Authorizing direct calls to AWS services using AWS IoT Core credential provider"
 */
export class CredentialsProvider {
  readonly #context: LocalContext
  readonly #parts: CredentialsProviderParts

  constructor(context: LocalContext, parts: CredentialsProviderParts) {
    this.#context = context
    this.#parts = parts
  }

  /**
   * @param certificate ACTIVE, and its key proven by the TLS handshake
   * @param thingName from the header `x-amzn-iot-thingname`
   * @throws {AwsError} ResourceNotFoundException for an unknown alias; AccessDeniedException (a
   *   {@link CredentialsRefused} where a policy decided) for a thing that the certificate is not attached to, for want
   *   of a policy, and for a role that does not trust the credentials provider
   */
  assumeRole(aliasName: string, certificate: CertificateRecord, thingName?: string): TemporaryCredentials {
    const { aliases, credentials, neighbours, roles } = this.#parts
    const alias = aliases.mustFind(aliasName)
    if (thingName !== undefined && !neighbours.thingsOf(certificate.arn).includes(thingName)) {
      throw new AwsError('AccessDeniedException', 'Invalid thing name passed')
    }
    const thing = thingName ?? neighbours.associatedThing(certificate.arn, undefined)
    this.#checkPolicies(alias.arn, certificate, thing)
    const roleName = parseRoleArn(alias.roleArn)?.name ?? ''
    const role = roles.find(roleName)
    if (role) this.#checkTrust(role)
    else if (!roles.isUndefined(roleName)) throw new AwsError('AccessDeniedException', 'Access Denied')
    const thingType = thing === undefined ? undefined : neighbours.thingTypeOf?.(thing)
    return credentials.issue(
      {
        kind: 'assumed-role',
        arn: `arn:aws:sts::${this.#context.account.id}:assumed-role/${roleName}/${certificate.id}`,
        principalId: `${role?.id ?? 'AROA'.padEnd(21, '0')}:${certificate.id}`,
        roleName,
        sessionName: certificate.id,
        variables: {
          'credentials-iot:AwsCertificateId': certificate.id,
          ...(thingName !== undefined && { 'credentials-iot:ThingName': thingName }),
          ...(thingName !== undefined && thingType !== undefined && { 'credentials-iot:ThingTypeName': thingType }),
        },
      },
      alias.durationSeconds,
    )
  }

  #checkPolicies(aliasArn: string, { arn }: CertificateRecord, thing: string | undefined): void {
    const { neighbours, policies } = this.#parts
    const groups = thing === undefined ? [] : neighbours.groupsOfThing(thing)
    const context = new PolicyContext(neighbours.connectionContext(arn, undefined))
    const decision = evaluate(policies.compiledFor(arn, groups), { action: ACTION, resource: aliasArn, context })
    if (decision.decision !== 'ALLOWED') throw new CredentialsRefused(decision)
  }

  #checkTrust(role: Role): void {
    const decision = decideTrust(role, SERVICE)
    if (decision.decision !== 'ALLOWED') throw new CredentialsRefused(decision)
  }
}

/** The provider's answer, as devices read it. */
export function credentialsBody({ accessKeyId, secretAccessKey, sessionToken, expiresAtMs }: TemporaryCredentials) {
  const expiration = new Date(expiresAtMs).toISOString().replace('.000Z', 'Z')
  return { credentials: { accessKeyId, secretAccessKey, sessionToken, expiration } }
}
