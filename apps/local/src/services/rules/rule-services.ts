import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import {
  dynamodbKeyOf,
  LAMBDA_TIMEOUT_MS,
  Numbers,
  parseJsonValue,
  type RuleServices,
  stringifyValue,
  type Value,
  valueOfDynamodbAttribute,
} from '@thingdeck/rules-sql'
import { arnOf } from '../../foundation/account.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { AwsClients } from './actions/aws-clients.ts'
import { LAMBDA } from './actions/aws-compute.ts'
import { DYNAMODB } from './actions/aws-storage.ts'
import type { RuleAnswer, RuleInvocation } from './actions/lambda-clients.ts'
import type { ProtobufDecoder } from './protobuf-decoder.ts'
import type { RoleChecks } from './rule-roles.ts'
import type { Secrets } from './secrets.ts'

export interface RuleServicesParts {
  readonly roles: RoleChecks
  readonly clients: AwsClients
  readonly secrets: Secrets
  readonly protobuf: ProtobufDecoder
}

/** Functions that ask are there since this version. */
const NUMBERS = Numbers.of('2016-03-23')

/**
 * What functions of SQL ask: shadows and the registry of this server itself, others where the environment says. The
 * rule's role has to allow it, as it has to for actions; what is refused ends the rule without its actions.
 */
export function ruleServices(
  context: ServiceContext,
  { roles, clients, secrets, protobuf }: RuleServicesParts,
  ruleName: string,
): RuleServices {
  const { account, readShadow, registryAnswers } = context
  const ruleArn = arnOf(account, 'iot', `rule/${ruleName}`)
  const mustBeAllowed = (roleArn: string, action: string, resource: string) => {
    const whyNot = roles.whyNot(roleArn, action, resource)
    if (whyNot !== undefined) throw new Error(whyNot)
  }
  return {
    getThingShadow: async ({ thingName, shadowName, roleArn }) => {
      const name = shadowName === undefined ? thingName : `${thingName}/${shadowName}`
      mustBeAllowed(roleArn, 'iot:GetThingShadow', arnOf(account, 'iot', `thing/${name}`))
      return jsonOf(Buffer.from(readShadow({ thingName, shadowName })).toString())
    },
    getRegistryData: async ({ operation, thingName, roleArn }) => {
      mustBeAllowed(roleArn, `iot:${operation}`, arnOf(account, 'iot', `thing/${thingName}`))
      const answer =
        operation === 'DescribeThing'
          ? registryAnswers.describeThing(thingName)
          : registryAnswers.listThingGroupsForThing(thingName)
      return jsonOf(JSON.stringify(answer))
    },
    invokeLambda: async ({ functionArn, input }) => {
      const client = await clients.mustHave(LAMBDA, undefined)
      const payload = Buffer.from(stringifyValue(input))
      const invocation: RuleInvocation = { functionArn, payload, isEvent: false, ruleArn }
      const answer = await client.send<RuleAnswer>(invocation, { abortSignal: AbortSignal.timeout(LAMBDA_TIMEOUT_MS) })
      const text = Buffer.from(answer.payload).toString()
      if (answer.functionError !== undefined) throw new Error(`${answer.functionError}: ${text}`)
      return jsonOf(text)
    },
    decodeProtobuf: async (request) => jsonOf(await protobuf.decode(request)),
    getSecret: ({ secretId, roleArn }) => secrets.read(secretId, { roleArn, roles }),
    getDynamodbItem: async ({ tableName, key, roleArn }) => {
      mustBeAllowed(roleArn, 'dynamodb:GetItem', arnOf(account, 'dynamodb', `table/${tableName}`))
      const { GetItemCommand } = await import('@aws-sdk/client-dynamodb')
      const client = await clients.mustHave(DYNAMODB, roleArn)
      const Key = Object.fromEntries(key.map(({ name, value }) => [name, dynamodbKeyOf(value)]))
      const { Item } = await client.send<{ Item?: Record<string, AttributeValue> }>(
        new GetItemCommand({ TableName: tableName, Key }),
      )
      return Item === undefined ? undefined : valueOfDynamodbAttribute({ M: Item })
    },
  }
}

function jsonOf(text: string): Value {
  const value = parseJsonValue(text, NUMBERS)
  if (value === undefined) throw new Error('the answer is no JSON')
  return value
}
