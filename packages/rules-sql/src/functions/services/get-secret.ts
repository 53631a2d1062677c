import { parseJsonValue } from '../../payload.ts'
import type { ArgumentFault, FunctionContext, KnownArguments, RuleFunction } from '../../rule-function.ts'
import type { RuleServices } from '../../services.ts'
import { getMember, isObject, type Value } from '../../value.ts'
import { encodeBase64 } from '../base64.ts'
import { textOf, textsOf } from '../text-arguments.ts'
import { defineService, failure } from './define-service.ts'

const NAME = 'get_secret'
const TYPES: readonly Value[] = ['SecretString', 'SecretBinary']

/**
 * `get_secret(secretId, secretType[, key], roleArn)`. A secret that is a JSON object is that object, or the member that
 * `key` names; other text is itself; bytes are Base64. A key where there is no object ends the rule.
 * Source: AWS IoT developer guide, "get_secret(secretId, secretType, key, roleArn)".
 */
export const GET_SECRET_FUNCTIONS: readonly RuleFunction[] = [getSecret(3), getSecret(4)]

function getSecret(count: 3 | 4): RuleFunction {
  return defineService(
    NAME,
    count,
    'getSecret',
    async (ask, args, context) => {
      const texts = textsOf([args[0], args[1], args.at(-1)], context)
      const key = count === 4 ? textOf(args[2], context) : undefined
      const [secretId = '', type = '', roleArn = ''] = texts ?? []
      if (texts === undefined || (count === 4 && key === undefined)) return undefined
      if (!TYPES.includes(type)) throw failure(NAME, `the type of a secret is ${TYPES.join(' or ')}, not ${type}`)
      const secret = await ask({ secretId, roleArn }, context.message)
      return type === 'SecretString' ? ofText(secret, secretId, key, context) : ofBytes(secret, secretId, key)
    },
    { constantArgs: [count - 1], findFault: findTypeFault },
  )
}

type Secret = Awaited<ReturnType<NonNullable<RuleServices['getSecret']>>>

function ofText(
  { secretString }: Secret,
  secretId: string,
  key: string | undefined,
  { numbers }: FunctionContext,
): Value {
  if (secretString === undefined) throw failure(NAME, `secret ${secretId} has no SecretString`)
  const value = parseJsonValue(secretString, numbers)
  if (isObject(value)) return key === undefined ? value : getMember(value, key)
  if (key === undefined) return secretString
  throw failure(NAME, `secret ${secretId} is no JSON object, and so has no key ${key}`)
}

function ofBytes({ secretBinary }: Secret, secretId: string, key: string | undefined): Value {
  if (secretBinary === undefined) throw failure(NAME, `secret ${secretId} has no SecretBinary`)
  if (key === undefined) return encodeBase64(secretBinary)
  throw failure(NAME, `secret ${secretId} is read as SecretBinary, which has no keys`)
}

function findTypeFault([, type]: KnownArguments): ArgumentFault | undefined {
  if (type === undefined || TYPES.includes(type.value)) return undefined
  return {
    argument: 1,
    message: `The type of a secret is ${TYPES.map((each) => `'${each}'`).join(' or ')}`,
    severity: 'refused',
  }
}
