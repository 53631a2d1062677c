import { evaluate } from '@thingdeck/policies'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { Clock } from '../../foundation/clock.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import { decideTrust, IOT_SERVICE, parseRoleArn, type Roles } from '../../foundation/roles.ts'

/** What writing an entry needs (AWS IoT Core developer guide, "Create a logging role"). */
const ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const

/** For so long a decision is good: whoever changes the role's policies sees it act then. */
const DECIDED_FOR_MS = 1000

export interface LoggingRoleParts {
  readonly account: Account
  readonly clock: Clock
  readonly roles: Roles
  readonly policies: Pick<PolicySource, 'rolePolicies'>
}

/** The role with which entries are written. One that nobody has defined here may do everything, as elsewhere. */
export class LoggingRole {
  readonly #parts: LoggingRoleParts
  readonly #decisions = new Map<string, { readonly mayWrite: boolean; readonly untilMs: number }>()

  constructor(parts: LoggingRoleParts) {
    this.#parts = parts
  }

  /** @throws {AwsError} InvalidRequestException for what is no role of the account, or one that does not trust AWS IoT */
  check(roleArn: string): void {
    const { account, roles } = this.#parts
    const parsed = parseRoleArn(roleArn)
    if (!parsed) throw invalidRequest(`${roleArn} is not the ARN of a role`)
    if (parsed.account !== account.id) throw invalidRequest(`The role must be of account ${account.id}`)
    if (roles.find(parsed.name) ? !this.#isTrusting(parsed.name) : !roles.isUndefined(parsed.name)) {
      throw invalidRequest(
        `The role ${roleArn} cannot be assumed by ${IOT_SERVICE.value}: its trust policy does not allow it`,
      )
    }
  }

  /** Whether the role lets entries into a log group; `check` has let it in. */
  mayWrite(roleArn: string, logGroupName: string): boolean {
    const nowMs = this.#parts.clock()
    const key = `${roleArn} ${logGroupName}`
    const known = this.#decisions.get(key)
    if (known && nowMs < known.untilMs) return known.mayWrite
    const mayWrite = this.#decide(roleArn, logGroupName)
    for (const [other, { untilMs }] of this.#decisions) if (untilMs <= nowMs) this.#decisions.delete(other)
    this.#decisions.set(key, { mayWrite, untilMs: nowMs + DECIDED_FOR_MS })
    return mayWrite
  }

  #decide(roleArn: string, logGroupName: string): boolean {
    const { account, roles, policies } = this.#parts
    const name = parseRoleArn(roleArn)?.name ?? ''
    if (!roles.find(name)) return roles.isUndefined(name)
    if (!this.#isTrusting(name)) return false
    const resource = arnOf(account, 'logs', `log-group:${logGroupName}:log-stream:`)
    const compiled = policies.rolePolicies(name)
    return ACTIONS.every((action) => evaluate(compiled, { action, resource, context: {} }).decision === 'ALLOWED')
  }

  #isTrusting(name: string): boolean {
    const role = this.#parts.roles.find(name)
    return role !== undefined && decideTrust(role, IOT_SERVICE).decision === 'ALLOWED'
  }
}
