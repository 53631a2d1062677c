import { type Account, arnOf } from '../../foundation/account.ts'
import { functionNotFound, invalidParameter } from './lambda-errors.ts'

/** A function as a caller names it. */
export interface NamedFunction {
  readonly name: string
  /** A version, `$LATEST`, or an alias. */
  readonly qualifier: string | undefined
}

const FORM =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-[a-z]+)+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/

/**
 * A function as policies know it, `function:pump` or `function:pump:live`, by the same reading of its name as that by
 * which it is found: what is no name is refused later on.
 */
export function functionResource(text: string, qualifier?: string): string {
  const [, , , name = text, own = qualifier] = FORM.exec(text) ?? []
  return `function:${name}${own === undefined ? '' : `:${own}`}`
}

/** Of a name alone. @see AWS Lambda API Reference, CreateFunction: "it is limited to 64 characters in length" */
const MAX_NAME_LENGTH = 64

/**
 * Reads `pump`, `pump:live`, `123456789012:function:pump` and whole ARNs.
 * @param qualifier said beside it
 * @throws {AwsError} InvalidParameterValueException; ResourceNotFoundException for what is elsewhere
 */
export function parseFunctionName(account: Account, text: string, qualifier?: string): NamedFunction {
  const [, region, accountId, name, own] = FORM.exec(text) ?? []
  if (name === undefined || name.length > MAX_NAME_LENGTH) {
    throw invalidParameter(
      `${text} is not the name of a function, which has at most ${MAX_NAME_LENGTH} letters, digits, hyphens and underscores, nor its ARN`,
    )
  }
  if (region !== undefined && region !== account.region) {
    throw functionNotFound(`${text}: functions from '${region}' are not reachable in this region ('${account.region}')`)
  }
  if (accountId !== undefined && accountId !== account.id) throw functionNotFound(text)
  if (own !== undefined && qualifier !== undefined && own !== qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.')
  }
  return { name, qualifier: own ?? qualifier }
}

/** `arn:aws:lambda:us-east-1:123456789012:function:pump`, with `:QUALIFIER` where there is one. */
export function functionArn(account: Account, name: string, qualifier?: string): string {
  return arnOf(account, 'lambda', `function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`)
}
