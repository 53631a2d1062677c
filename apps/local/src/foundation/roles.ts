import {
  type ContextEntries,
  compilePolicies,
  evaluate,
  type PolicyDecision,
  parsePolicyDocument,
  type RequestPrincipal,
} from '@thingdeck/policies'
import type { Account } from './account.ts'
import type { Changes } from './changes.ts'

/** An IAM role with its policies. */
export interface Role {
  readonly name: string
  /** `AROA…`: the first part of the principal id of its sessions. */
  readonly id: string
  readonly arn: string
  /** `/`, or a folder of roles such as `/service-role/`. */
  readonly path: string
  /** The trust policy, as it was given. */
  readonly trustDocument: string
  /** Inline policies by name, as they were given. */
  readonly policies: Readonly<Record<string, string>>
  /** ARNs of the managed policies that are attached. */
  readonly attachedPolicies: readonly string[]
  readonly maxSessionSeconds: number
  readonly description: string
  readonly tags: Readonly<Record<string, string>>
  readonly createdAtMs: number
}

/** What makes a role; what is left out stays as it is, or is IAM's default. */
export interface RoleInput {
  readonly name: string
  readonly path?: string
  readonly trustDocument: string
  readonly policies: Readonly<Record<string, string>>
  readonly attachedPolicies?: readonly string[]
  readonly maxSessionSeconds?: number
  readonly description?: string
  readonly tags?: Readonly<Record<string, string>>
}

/** The account's IAM roles. */
export interface Roles {
  arnOf(name: string): string
  find(name: string): Role | undefined
  /** Makes or replaces a role; its id stays. */
  put(role: RoleInput): Role
  /**
   * Whether nobody has ever defined a role of that name here. Deleting a role does not make it so: sessions of it that
   * are still out must not gain anything by that.
   */
  isUndefined(name: string): boolean
  /** Names, after each change of a role and after its deletion. */
  readonly changes: Changes<string>
}

/** What stands in the place of the id of a role that nobody has defined here. */
export const UNDEFINED_ROLE_ID = 'AROA'.padEnd(21, '0')

/** Who AWS IoT is for the trust policies of roles. */
export const IOT_SERVICE = { type: 'Service', value: 'iot.amazonaws.com' } as const

/** Who AWS IoT is where nobody names it a role: nobody defines that one, so that it may do everything. */
export const iotServiceRole = ({ id }: Account): string => `arn:aws:iam::${id}:role/AWSServiceRoleForIoT`

/** Account and name of a role: `arn:aws:iam::123456789012:role/path/name`; undefined for anything else. */
export function parseRoleArn(arn: string): { account: string; name: string } | undefined {
  const match = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\x21-\x7e]*\/)?([\w+=,.@-]{1,64})$/.exec(arn)
  return match?.[1] && match[2] ? { account: match[1], name: match[2] } : undefined
}

/**
 * What policies call the role that an ARN leads to. A role is found by its name: an ARN with a path that is not the role's
 * must not be asked about in its place.
 */
export function arnOfRole(roles: Pick<Roles, 'find'>, arn: string): string {
  return roles.find(parseRoleArn(arn)?.name ?? '')?.arn ?? arn
}

/**
 * Whether a role's trust policy lets a principal assume it.
 * @param context what conditions may ask for, such as `sts:ExternalId`
 * @param action `sts:AssumeRole`, or `sts:AssumeRoleWithWebIdentity` of a federated principal
 */
export function decideTrust(
  role: Role,
  principal: RequestPrincipal,
  context: ContextEntries = {},
  action = 'sts:AssumeRole',
): PolicyDecision {
  const document = parsePolicyDocument(role.trustDocument, { dialect: 'iam' })
  const trust = compilePolicies([{ policyName: `trust policy of ${role.name}`, document }])
  return evaluate(trust, { action, resource: role.arn, principal, context })
}
