import { AwsError, type Call } from '@thingdeck/aws-api'
import { type Account, arnOf } from '../foundation/account.ts'
import type { Caller } from '../foundation/caller.ts'
import type { PolicySource } from './grants.ts'
import { type Denial, Permissions } from './permissions.ts'
import { type Peer, policyContext } from './principal.ts'
import type { Refusals } from './refusals.ts'

/** The member of an input that names the resource, and the type in its ARN. The first that is there counts. */
const RESOURCES: readonly (readonly [member: string, type: string])[] = [
  ['policyName', 'policy'],
  ['certificateId', 'cert'],
  ['thingGroupName', 'thinggroup'],
  ['thingName', 'thing'],
  ['thingTypeName', 'thingtype'],
  ['billingGroupName', 'billinggroup'],
  ['roleAlias', 'rolealias'],
]

/** Decides who may do what on the control plane: the administrator everything, a role what its IAM policies allow. */
export class ControlPlaneAuthorization {
  readonly #account: Account
  readonly #policies: PolicySource
  readonly #refusals: Refusals

  constructor(account: Account, policies: PolicySource, refusals: Refusals) {
    this.#account = account
    this.#policies = policies
    this.#refusals = refusals
  }

  /**
   * @param prefix of the actions, e.g. `iot`
   * @throws {AwsError} AccessDeniedException
   */
  check(prefix: string, call: Call<Caller>, peer: Peer, input: unknown): void {
    const { principal } = peer
    if (principal.kind === 'root') return
    const action = `${prefix}:${call.operation}`
    const resources = this.#resourcesOf(prefix, call.operation, input)
    if (principal.kind === 'certificate') {
      throw this.#refuse(principal.arn, {
        action,
        resource: resources[0] ?? '*',
        reason: 'A device certificate is good for the data plane only.',
      })
    }
    const { roleName } = principal
    const permissions = new Permissions(() => ({
      sets: [{ policies: this.#policies.rolePolicies(roleName) }],
      context: policyContext(peer, undefined, undefined),
    }))
    for (const resource of resources) {
      const denial = permissions.denial(action, resource)
      if (denial) throw this.#refuse(principal.arn, denial)
    }
  }

  /** What an operation acts on: one resource, but for the memberships of groups, where the thing and the group count. */
  #resourcesOf(prefix: string, operation: string, input: unknown): string[] {
    const members = new Map<string, unknown>(typeof input === 'object' && input !== null ? Object.entries(input) : [])
    const named: string[] = []
    for (const [member, type] of RESOURCES) {
      const name = members.get(member)
      if (typeof name !== 'string') continue
      const isAuthority = member === 'certificateId' && /CACertificate/.test(operation)
      named.push(arnOf(this.#account, prefix, `${isAuthority ? 'cacert' : type}/${name}`))
    }
    // Some operations take the resource's ARN in place of its name.
    for (const [member, value] of members) {
      if (member.endsWith('Arn') && typeof value === 'string' && value.startsWith(`arn:aws:${prefix}:`))
        named.push(value)
    }
    if (named.length === 0) return ['*']
    return /^(AddThingTo|RemoveThingFrom)/.test(operation) ? named : named.slice(0, 1)
  }

  #refuse(principal: string, denial: Pick<Denial, 'action' | 'resource' | 'reason'>): AwsError {
    const { action, resource, reason } = denial
    this.#refusals.tell({ principal, action, resource, reason })
    return new AwsError(
      'AccessDeniedException',
      `User: ${principal} is not authorized to perform: ${action} on resource: ${resource}`,
    )
  }
}
