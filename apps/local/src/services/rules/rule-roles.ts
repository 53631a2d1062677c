import { evaluate, explain } from '@thingdeck/policies'
import { arnOf } from '../../foundation/account.ts'
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

/** What may be done on the right of roles. */
export interface RoleChecks {
  /**
   * Whether the role trusts AWS IoT, and may do that to the resource. A role that nobody has ever defined here may do
   * everything, as everywhere in this server.
   * @returns why not
   */
  whyNot(roleArn: string, action: string, resource: string): string | undefined
  /** Whether AWS IoT may be the role, whatever that may. @returns why not */
  whyNotAssumed(roleArn: string): string | undefined
}

/** What rules' actions may do: what the roles may that they name. */
export class RuleRoles {
  readonly #context: LocalContext
  readonly #roles: Roles
  readonly #rolePolicies: PolicySource['rolePolicies']

  /** What is known of roles, by rule and ARN: messages come more often than roles change. */
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

  /** For this rule, which is who asks: `aws:SourceArn` of trust policies. */
  forRule(ruleName: string): RoleChecks {
    return {
      whyNot: (roleArn, action, resource) => this.#whyNot(this.#know(roleArn, ruleName), action, resource),
      whyNotAssumed: (roleArn) => this.#know(roleArn, ruleName).untrusted,
    }
  }

  #whyNot({ name, isUndefined, untrusted }: Known, action: string, resource: string): string | undefined {
    if (untrusted !== undefined) return untrusted
    if (isUndefined) return undefined
    const decision = evaluate(this.#rolePolicies(name), { action, resource })
    if (decision.decision === 'ALLOWED') return undefined
    const session = `arn:aws:sts::${this.#context.account.id}:assumed-role/${name}/iot-rule`
    return `User: ${session} is not authorized to perform: ${action} on resource: ${resource}. ${explain(decision)}`
  }

  #know(roleArn: string, ruleName: string): Known {
    const key = `${ruleName} ${roleArn}`
    let known = this.#known.get(key)
    if (!known) {
      const name = parseRoleArn(roleArn)?.name ?? ''
      known = {
        name,
        isUndefined: this.#roles.isUndefined(name),
        untrusted: this.#whyUntrusted(roleArn, name, ruleName),
      }
      this.#known.set(key, known)
    }
    return known
  }

  #whyUntrusted(roleArn: string, name: string, ruleName: string): string | undefined {
    const role = this.#roles.find(name)
    if (!role) {
      return this.#roles.isUndefined(name)
        ? undefined
        : `Unable to assume role ${roleArn} by sts:AssumeRole: there is no such role`
    }
    const { account } = this.#context
    const trust = decideTrust(role, IOT_SERVICE, {
      'aws:SourceAccount': account.id,
      'aws:SourceArn': arnOf(account, 'iot', `rule/${ruleName}`),
    })
    if (trust.decision === 'ALLOWED') return undefined
    return `Unable to assume role ${roleArn} by sts:AssumeRole: ${explain(trust)}`
  }
}
