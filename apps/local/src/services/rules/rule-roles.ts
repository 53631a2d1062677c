import { evaluate, explain } from '@thingdeck/policies'
import type { LocalContext } from '../../foundation/context.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import { decideTrust, IOT_SERVICE, parseRoleArn, type Roles } from '../../foundation/roles.ts'

interface Known {
  readonly name: string
  /** Whether nobody has ever defined it. */
  readonly isUndefined: boolean
  /** Why it cannot be assumed. */
  readonly untrusted: string | undefined
}

/** What a rule's actions may do: what the roles may that they name. */
export class RuleRoles {
  readonly #context: LocalContext
  readonly #roles: Roles
  readonly #rolePolicies: PolicySource['rolePolicies']

  /** What is known of roles, by their ARNs: messages come more often than roles change. */
  readonly #known = new Map<string, Known>()

  constructor(context: LocalContext, roles: Roles, rolePolicies: PolicySource['rolePolicies']) {
    this.#context = context
    this.#roles = roles
    this.#rolePolicies = rolePolicies
    roles.changes.subscribe(() => this.forget())
  }

  /** Asks anew: the account was emptied. */
  forget(): void {
    this.#known.clear()
  }

  /**
   * Whether the role trusts AWS IoT, and may do that to the resource. A role that nobody has ever defined here may do
   * everything, as everywhere in this server.
   * @returns why not
   */
  whyNot(roleArn: string, action: string, resource: string): string | undefined {
    const { name, isUndefined, untrusted } = this.#know(roleArn)
    if (untrusted !== undefined) return untrusted
    if (isUndefined) return undefined
    const decision = evaluate(this.#rolePolicies(name), { action, resource })
    if (decision.decision === 'ALLOWED') return undefined
    const session = `arn:aws:sts::${this.#context.account.id}:assumed-role/${name}/iot-rule`
    return `User: ${session} is not authorized to perform: ${action} on resource: ${resource}. ${explain(decision)}`
  }

  /** Whether AWS IoT may be the role, whatever that may. @returns why not */
  whyNotAssumed(roleArn: string): string | undefined {
    return this.#know(roleArn).untrusted
  }

  #know(roleArn: string): Known {
    let known = this.#known.get(roleArn)
    if (!known) {
      const name = parseRoleArn(roleArn)?.name ?? ''
      known = { name, isUndefined: this.#roles.isUndefined(name), untrusted: this.#whyUntrusted(roleArn, name) }
      this.#known.set(roleArn, known)
    }
    return known
  }

  #whyUntrusted(roleArn: string, name: string): string | undefined {
    const role = this.#roles.find(name)
    if (!role) {
      return this.#roles.isUndefined(name)
        ? undefined
        : `Unable to assume role ${roleArn} by sts:AssumeRole: there is no such role`
    }
    const trust = decideTrust(role, IOT_SERVICE, { 'aws:SourceAccount': this.#context.account.id })
    if (trust.decision === 'ALLOWED') return undefined
    return `Unable to assume role ${roleArn} by sts:AssumeRole: ${explain(trust)}`
  }
}
