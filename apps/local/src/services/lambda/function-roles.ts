import { evaluate } from '@thingdeck/policies'
import { arnOf } from '../../foundation/account.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import { RoleSessions, type RoleSessionsParts } from '../../foundation/role-sessions.ts'
import { parseRoleArn } from '../../foundation/roles.ts'
import { invalidParameter } from './lambda-errors.ts'

/** Longer than a process of a function is used. */
const SESSION_SECONDS = 6 * 3_600

export interface FunctionRolesParts extends RoleSessionsParts {
  readonly rolePolicies: PolicySource['rolePolicies']
}

/** The roles whose credentials functions have. */
export class FunctionRoles {
  readonly #parts: FunctionRolesParts
  readonly #sessions: RoleSessions

  constructor(parts: FunctionRolesParts) {
    this.#parts = parts
    this.#sessions = new RoleSessions(parts, 'lambda.amazonaws.com')
  }

  /** @throws {AwsError} InvalidParameterValueException where the role does not trust Lambda */
  check(roleArn: string): void {
    if (this.#sessions.isTrusted(roleArn)) return
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')
  }

  /** Whether a function may write its log, as AWSLambdaBasicExecutionRole allows it. */
  mayLog(roleArn: string, logGroup: string, logStream: string): boolean {
    const { account, roles, rolePolicies } = this.#parts
    const name = parseRoleArn(roleArn)?.name ?? ''
    if (roles.isUndefined(name)) return true
    const resource = arnOf(account, 'logs', `log-group:${logGroup}:log-stream:${logStream}`)
    return evaluate(rolePolicies(name), { action: 'logs:PutLogEvents', resource }).decision === 'ALLOWED'
  }

  /** The credentials of a process of the function, as variables of its environment. */
  credentials(roleArn: string, functionName: string): Readonly<Record<string, string>> {
    const keys = this.#sessions.issue(roleArn, functionName, SESSION_SECONDS)
    return {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken,
    }
  }
}
