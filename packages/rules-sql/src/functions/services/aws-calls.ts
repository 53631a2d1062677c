import type { ArgumentFault, KnownArguments, RuleFunction } from '../../rule-function.ts'
import { stringifyValue } from '../../stringify.ts'
import {
  createObject,
  isArray,
  isBinary,
  isNumber,
  isObject,
  membersOf,
  type ObjectValue,
  type Value,
} from '../../value.ts'
import { textOf, textsOf } from '../text-arguments.ts'
import { defineService, failure } from './define-service.ts'

/** What `get_registry_data` can ask. Source: AWS IoT developer guide, "get_registry_data". */
const REGISTRY_OPERATIONS = ['DescribeThing', 'ListThingGroupsForThing'] as const

/**
 * Functions that ask other services. What an argument's value is Undefined for is not asked; a question that fails ends
 * the rule without its actions. The role is a constant of the rule, so that no message chooses it.
 * Source: AWS IoT developer guide, "Functions".
 */
export const AWS_CALL_FUNCTIONS: readonly RuleFunction[] = [
  defineService('aws_lambda', 2, 'invokeLambda', async (invoke, [arn, input], context) => {
    const functionArn = textOf(arn, context)
    if (functionArn === undefined || input === undefined) return undefined
    if (isBinary(input)) throw failure('aws_lambda', 'its input is JSON, and the payload is none')
    return invoke({ functionArn, input }, context.message)
  }),
  getDynamodb(4),
  getDynamodb(6),
  getThingShadow(2),
  getThingShadow(3),
  defineService(
    'get_registry_data',
    3,
    'getRegistryData',
    async (ask, [operation, thing, role], context) => {
      const texts = textsOf([thing, role], context)
      const [thingName = '', roleArn = ''] = texts ?? []
      const known = REGISTRY_OPERATIONS.find((each) => each === operation)
      if (texts === undefined || known === undefined) return undefined
      return ask({ operation: known, thingName, roleArn }, context.message)
    },
    { since: '2016-03-23', constantArgs: [0, 2], maxCalls: 1, findFault: findOperationFault },
  ),
  defineService(
    'machinelearning_predict',
    3,
    'predict',
    async (predict, [model, role, record], context) => {
      const [modelId, roleArn] = [textOf(model, context), textOf(role, context)]
      if (modelId === undefined || roleArn === undefined || !isObject(record)) return undefined
      return predict({ modelId, roleArn, record: flat(record) }, context.message)
    },
    { constantArgs: [1] },
  ),
]

/** With a sort key or without one: the two have two arguments more. */
function getDynamodb(count: 4 | 6): RuleFunction {
  return defineService(
    'get_dynamodb',
    count,
    'getDynamodbItem',
    async (getItem, args, context) => {
      const tableName = textOf(args[0], context)
      const roleArn = textOf(args.at(-1), context)
      const key: { name: string; value: Value }[] = []
      for (let index = 1; index < args.length - 1; index += 2) {
        const name = textOf(args[index], context)
        const value = args[index + 1]
        // The types that a key of DynamoDB may have.
        if (name === undefined || !(typeof value === 'string' || isNumber(value))) return undefined
        key.push({ name, value })
      }
      if (tableName === undefined || roleArn === undefined) return undefined
      return getItem({ tableName, key, roleArn }, context.message)
    },
    { since: '2016-03-23', constantArgs: [count - 1], maxCalls: 1 },
  )
}

/** Of the classic shadow or of a named one. */
function getThingShadow(count: 2 | 3): RuleFunction {
  return defineService(
    'get_thing_shadow',
    count,
    'getThingShadow',
    async (getShadow, args, context) => {
      const texts = textsOf(args, context)
      const [thingName = ''] = texts ?? []
      const shadowName = count === 3 ? texts?.[1] : undefined
      const roleArn = texts?.at(-1)
      return roleArn === undefined ? undefined : getShadow({ thingName, shadowName, roleArn }, context.message)
    },
    { since: '2016-03-23', constantArgs: [count - 1] },
  )
}

/** A record of the model has one layer: what is within a member becomes its JSON. */
function flat(record: ObjectValue): ObjectValue {
  return createObject(
    Array.from(membersOf(record), ([key, value]) => [
      key,
      isObject(value) || isArray(value) ? stringifyValue(value) : value,
    ]),
  )
}

function findOperationFault([operation]: KnownArguments): ArgumentFault | undefined {
  if (operation === undefined || REGISTRY_OPERATIONS.some((each) => each === operation.value)) return undefined
  const message = `The registry can be asked for ${REGISTRY_OPERATIONS.map((each) => `'${each}'`).join(' or ')}`
  return { argument: 0, message, severity: 'refused' }
}
