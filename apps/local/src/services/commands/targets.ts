import { type Account, arnOf, resourceIn } from '../../foundation/account.ts'
import { invalidInput } from '../../foundation/errors.ts'
import type { ExecutionTarget } from './execution.ts'

const TYPES = { things: 'thing', clients: 'client' } as const

/** `arn:aws:iot:REGION:ACCOUNT:thing/pump-7`, or `…:client/pump-7`. */
export const targetArn = (account: Account, { kind, id }: ExecutionTarget): string =>
  arnOf(account, 'iot', `${TYPES[kind]}/${id}`)

/**
 * Whom a target's ARN means.
 * @throws {AwsError} ValidationException for what is no thing and no client of this account
 */
export function parseTarget(account: Account, arn: string): ExecutionTarget {
  for (const kind of ['things', 'clients'] as const) {
    const id = resourceIn(account, 'iot', arn, `${TYPES[kind]}/`) ?? ''
    if (id !== '' && !/[/#+]/.test(id)) return { kind, id }
  }
  throw invalidInput(
    `targetArn must be ${arnOf(account, 'iot', 'thing/NAME')} or ${arnOf(account, 'iot', 'client/ID')}, not ${arn}`,
  )
}

/**
 * The id of the command that an ARN means.
 * @throws {AwsError} ValidationException for what is no command of this account
 */
export function parseCommandArn(account: Account, arn: string): string {
  const id = resourceIn(account, 'iot', arn, 'command/') ?? ''
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(id)) {
    throw invalidInput(`commandArn must be ${arnOf(account, 'iot', 'command/ID')}, not ${arn}`)
  }
  return id
}
