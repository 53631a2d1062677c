import { evaluate } from '@thingdeck/policies'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { AccessKeys } from '../../foundation/credentials.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import { decideTrust, parseRoleArn, type Roles } from '../../foundation/roles.ts'
import { invalidParameter } from './lambda-errors.ts'

const SERVICE = { type: 'Service', value: 'lambda.amazonaws.com' } as const
/** Longer than a process of a function is used. */
const SESSION_SECONDS = 6 * 3_600

export interface FunctionRolesParts {
  readonly account: Account
  readonly roles: Roles
  readonly rolePolicies: PolicySource['rolePolicies']
  readonly accessKeys: AccessKeys
}

/** The roles whose credentials functions have. One that nobody has ever defined here may do everything. */
export class FunctionRoles {
  readonly #parts: FunctionRolesParts

  constructor(parts: FunctionRolesParts) {
    this.#parts = parts
  }

  /** @throws {AwsError} InvalidParameterValueException where the role does not trust Lambda */
  check(roleArn: string): void {
    const { account, roles } = this.#parts
    const parsed = parseRoleArn(roleArn)
    const name = parsed?.name ?? ''
    const role = roles.find(name)
    const isTrusting = role
      ? decideTrust(role, SERVICE, { 'aws:SourceAccount': account.id }).decision === 'ALLOWED'
      : roles.isUndefined(name)
    if (parsed?.account !== account.id || !isTrusting) {
      throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')
    }
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
    const { account, roles, accessKeys } = this.#parts
    const roleName = parseRoleArn(roleArn)?.name ?? ''
    const { accessKeyId, secretAccessKey, sessionToken } = accessKeys.issue(
      {
        kind: 'assumed-role',
        arn: `arn:aws:sts::${account.id}:assumed-role/${roleName}/${functionName}`,
        principalId: `${roles.find(roleName)?.id ?? 'AROA'.padEnd(21, '0')}:${functionName}`,
        roleName,
        sessionName: functionName,
        variables: {},
      },
      SESSION_SECONDS,
    )
    return {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    }
  }
}
