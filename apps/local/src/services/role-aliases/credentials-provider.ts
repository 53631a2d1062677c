import { AwsError } from '@thingdeck/aws-api'
import { evaluate, explain, PolicyContext, type PolicyDecision } from '@thingdeck/policies'
import type { CertificateFacts } from '../../foundation/certificates.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys, TemporaryCredentials } from '../../foundation/credentials.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import { decideTrust, parseRoleArn, type Role, type Roles, UNDEFINED_ROLE_ID } from '../../foundation/roles.ts'
import type { ConnectionFacts, ThingDirectory } from '../../foundation/thing-directory.ts'
import type { RoleAliases } from './role-aliases.ts'

const ACTION = 'iot:AssumeRoleWithCertificate'
const SERVICE = { type: 'Service', value: 'credentials.iot.amazonaws.com' } as const

export interface CredentialsProviderParts {
  readonly aliases: RoleAliases
  readonly roles: Roles
  readonly accessKeys: AccessKeys
  readonly iotPolicies: PolicySource['iotPolicies']
  readonly things: Pick<ThingDirectory, 'thing' | 'thingsOf' | 'groupArnsOf'>
  readonly connections: ConnectionFacts
}

/** The device's certificate: ACTIVE, and its key proven by the TLS handshake. */
export type DeviceCertificate = Pick<CertificateFacts, 'id' | 'arn'>

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
   * @param thingName from the header `x-amzn-iot-thingname`
   * @throws {AwsError} ResourceNotFoundException for an unknown alias; AccessDeniedException (a
   *   {@link CredentialsRefused} where a policy decided) for a thing that the certificate is not attached to, for want
   *   of a policy, and for a role that does not trust the credentials provider
   */
  assumeRole(aliasName: string, certificate: DeviceCertificate, thingName?: string): TemporaryCredentials {
    const { aliases, accessKeys, things, connections, roles } = this.#parts
    const alias = aliases.mustFind(aliasName)
    if (thingName !== undefined && !things.thingsOf(certificate.arn).includes(thingName)) {
      throw new AwsError('AccessDeniedException', 'Invalid thing name passed')
    }
    const thing = thingName ?? connections.associatedThing(certificate.arn, undefined)
    this.#checkPolicies(alias.arn, certificate, thing)
    const roleName = parseRoleArn(alias.roleArn)?.name ?? ''
    const role = roles.find(roleName)
    if (role) this.#checkTrust(role)
    else if (!roles.isUndefined(roleName)) throw new AwsError('AccessDeniedException', 'Access Denied')
    const thingType = thing === undefined ? undefined : things.thing(thing)?.thingTypeName
    return accessKeys.issue(
      {
        kind: 'assumed-role',
        arn: `arn:aws:sts::${this.#context.account.id}:assumed-role/${roleName}/${certificate.id}`,
        principalId: `${role?.id ?? UNDEFINED_ROLE_ID}:${certificate.id}`,
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

  #checkPolicies(aliasArn: string, { arn }: DeviceCertificate, thing: string | undefined): void {
    const { things, connections, iotPolicies } = this.#parts
    const groups = thing === undefined ? [] : things.groupArnsOf(thing)
    const context = new PolicyContext(connections.contextOf(arn, undefined))
    const decision = evaluate(iotPolicies(arn, groups), { action: ACTION, resource: aliasArn, context })
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
