import { evaluate, explain } from '@thingdeck/policies'
import type { LocalContext } from '../../foundation/context.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import { decideTrust, parseRoleArn, type Roles } from '../../foundation/roles.ts'

const SERVICE = { type: 'Service', value: 'iot.amazonaws.com' } as const

/** What a rule's actions may do: what the roles may that they name. */
export class RuleRoles {
  readonly #context: LocalContext
  readonly #roles: Roles
  readonly #rolePolicies: PolicySource['rolePolicies']

  constructor(context: LocalContext, roles: Roles, rolePolicies: PolicySource['rolePolicies']) {
    this.#context = context
    this.#roles = roles
    this.#rolePolicies = rolePolicies
  }

  /**
   * Whether the role trusts AWS IoT, and may do that to the resource. A role that nobody has ever defined here may do
   * everything, as everywhere in this server.
   * @returns why not
   */
  whyNot(roleArn: string, action: string, resource: string): string | undefined {
    const untrusted = this.whyNotAssumed(roleArn)
    if (untrusted !== undefined) return untrusted
    const name = parseRoleArn(roleArn)?.name ?? ''
    if (this.#roles.isUndefined(name)) return undefined
    const decision = evaluate(this.#rolePolicies(name), { action, resource })
    if (decision.decision === 'ALLOWED') return undefined
    const session = `arn:aws:sts::${this.#context.account.id}:assumed-role/${name}/iot-rule`
    return `User: ${session} is not authorized to perform: ${action} on resource: ${resource}. ${explain(decision)}`
  }

  /** Whether AWS IoT may be the role, whatever that may. @returns why not */
  whyNotAssumed(roleArn: string): string | undefined {
    const name = parseRoleArn(roleArn)?.name ?? ''
    const role = this.#roles.find(name)
    if (!role) {
      return this.#roles.isUndefined(name)
        ? undefined
        : `Unable to assume role ${roleArn} by sts:AssumeRole: there is no such role`
    }
    const trust = decideTrust(role, SERVICE, { 'aws:SourceAccount': this.#context.account.id })
    if (trust.decision === 'ALLOWED') return undefined
    return `Unable to assume role ${roleArn} by sts:AssumeRole: ${explain(trust)}`
  }
}
