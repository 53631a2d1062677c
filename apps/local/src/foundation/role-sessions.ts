import { explain } from '@thingdeck/policies'
import type { Account } from './account.ts'
import type { AccessKeys } from './credentials.ts'
import { decideTrust, parseRoleArn, type Roles, UNDEFINED_ROLE_ID } from './roles.ts'

export interface RoleSessionsParts {
  readonly account: Account
  readonly roles: Roles
  readonly accessKeys: AccessKeys
}

/** Credentials of a role, as clients of the SDK take them. */
export interface SessionCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiration: Date
}

/** What a service of AWS may be: the roles that trust it. One that nobody has ever defined here trusts everybody. */
export class RoleSessions {
  readonly #parts: RoleSessionsParts
  /** `lambda.amazonaws.com` */
  readonly #service: string

  constructor(parts: RoleSessionsParts, service: string) {
    this.#parts = parts
    this.#service = service
  }

  /** Whether the service may be that role. */
  isTrusted(roleArn: string): boolean {
    return this.whyNotTrusted(roleArn) === undefined
  }

  /** Why the service cannot be that role; undefined where it can. */
  whyNotTrusted(roleArn: string): string | undefined {
    const { account, roles } = this.#parts
    const parsed = parseRoleArn(roleArn)
    if (parsed?.account !== account.id) return `Unable to assume role ${roleArn}: it is no role of this account`
    const role = roles.find(parsed.name)
    if (!role)
      return roles.isUndefined(parsed.name) ? undefined : `Unable to assume role ${roleArn}: there is none such`
    const principal = { type: 'Service', value: this.#service } as const
    const trust = decideTrust(role, principal, { 'aws:SourceAccount': account.id })
    return trust.decision === 'ALLOWED' ? undefined : `Unable to assume role ${roleArn}: ${explain(trust)}`
  }

  /** Credentials of the role, which has been found to be trusted. */
  issue(roleArn: string, sessionName: string, seconds: number): SessionCredentials {
    const { account, roles, accessKeys } = this.#parts
    const roleName = parseRoleArn(roleArn)?.name ?? ''
    const { expiresAtMs, ...keys } = accessKeys.issue(
      {
        kind: 'assumed-role',
        arn: `arn:aws:sts::${account.id}:assumed-role/${roleName}/${sessionName}`,
        principalId: `${roles.find(roleName)?.id ?? UNDEFINED_ROLE_ID}:${sessionName}`,
        roleName,
        sessionName,
        variables: {},
      },
      seconds,
    )
    return { ...keys, expiration: new Date(expiresAtMs) }
  }
}
