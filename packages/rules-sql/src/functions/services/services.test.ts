import { describe, expect, test } from 'vitest'
import { ENVIRONMENT, inputOf } from '../../../test/run-sql.ts'
import { compileRule, diagnoseSql, type RuleServices, stringifyValue, type Value } from '../../index.ts'

const ROLE = "'arn:aws:iam::123456789012:role/rules'"

/** What a service was asked, and what the statement made of its answer. */
async function ask(expression: string, services: RuleServices, payload: string | Uint8Array = '{}'): Promise<string> {
  const rule = compileRule(`SELECT VALUE ${expression}`, { sqlVersion: '2016-03-23' })
  const outcome = await rule.runAsync(inputOf(payload), { ...ENVIRONMENT, services })
  return outcome.kind === 'result'
    ? stringifyValue(outcome.result)
    : outcome.kind === 'failed'
      ? `${outcome.failure.code}: ${outcome.failure.message}`
      : outcome.kind
}

function errorsOf(expression: string): readonly string[] {
  const { errors } = diagnoseSql(`SELECT ${expression} AS x FROM 'a'`, '2016-03-23')
  return errors.map(({ message }) => message)
}

/** Answers with what it was asked. */
const echo = async (request: object): Promise<Value> => ({ asked: JSON.stringify(request) })
const asked = (request: object): string => JSON.stringify({ asked: JSON.stringify(request) })
const roleArn = 'arn:aws:iam::123456789012:role/rules'

describe('what is asked, by the examples of the guide', () => {
  test.each<readonly [string, RuleServices, string]>([
    [
      'aws_lambda("arn:aws:lambda:us-east-1:123456789012:function:f", {"payload": a})',
      { invokeLambda: echo },
      asked({ functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f', input: { payload: 21 } }),
    ],
    [
      'aws_lambda("arn:aws:lambda:us-east-1:123456789012:function:f", *)',
      { invokeLambda: echo },
      asked({ functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f', input: { a: 21, id: 'pump-7' } }),
    ],
    [
      `get_dynamodb("InServiceDevices", "deviceId", id, ${ROLE})`,
      { getDynamodbItem: echo },
      asked({ tableName: 'InServiceDevices', key: [{ name: 'deviceId', value: 'pump-7' }], roleArn }),
    ],
    [
      `get_dynamodb("T", "id", id, "at", a, ${ROLE})`,
      { getDynamodbItem: echo },
      asked({
        tableName: 'T',
        key: [
          { name: 'id', value: 'pump-7' },
          { name: 'at', value: 21 },
        ],
        roleArn,
      }),
    ],
    [`get_thing_shadow(id, ${ROLE})`, { getThingShadow: echo }, asked({ thingName: 'pump-7', roleArn })],
    [
      `get_thing_shadow("MyThing", "MyThingShadow", ${ROLE})`,
      { getThingShadow: echo },
      asked({ thingName: 'MyThing', shadowName: 'MyThingShadow', roleArn }),
    ],
    [
      `get_registry_data("DescribeThing", id, ${ROLE})`,
      { getRegistryData: echo },
      asked({ operation: 'DescribeThing', thingName: 'pump-7', roleArn }),
    ],
    [
      `machinelearning_predict("m-1", ${ROLE}, {"key1": {"innerKey1": "value1"}, "key2": 0, "key3": [1]})`,
      { predict: echo },
      asked({ modelId: 'm-1', roleArn, record: { key1: '{"innerKey1":"value1"}', key2: 0, key3: '[1]' } }),
    ],
  ])('%s', async (expression, services, expected) => {
    expect(await ask(expression, services, '{"a": 21, "id": "pump-7"}')).toBe(expected)
  })

  test('members of the answer are read as any others', async () => {
    const services: RuleServices = { getThingShadow: async () => ({ state: { reported: { alarm: 'ON' } } }) }
    expect(await ask(`get_thing_shadow("MyThing", ${ROLE}).state.reported.alarm = 'ON'`, services)).toBe('true')
  })
})

describe('what is not asked', () => {
  const never = async (): Promise<never> => {
    throw new Error('was asked')
  }
  test.each<readonly [string, RuleServices]>([
    ['aws_lambda(missing, {})', { invokeLambda: never }],
    ['aws_lambda("f", missing)', { invokeLambda: never }],
    [`get_dynamodb("T", "id", missing, ${ROLE})`, { getDynamodbItem: never }],
    [`get_dynamodb("T", "id", true, ${ROLE})`, { getDynamodbItem: never }],
    [`get_dynamodb("T", "id", [1], ${ROLE})`, { getDynamodbItem: never }],
    [`get_dynamodb("T", "id", 'x', "at", ${ROLE})`, { getDynamodbItem: never }],
    [`get_thing_shadow(missing, ${ROLE})`, { getThingShadow: never }],
    [`get_registry_data("DescribeThing", Null, ${ROLE})`, { getRegistryData: never }],
    [`machinelearning_predict("m", ${ROLE}, 7)`, { predict: never }],
    [`get_secret(missing, 'SecretString', ${ROLE})`, { getSecret: never }],
    [`get_secret('s', 'SecretString', missing, ${ROLE})`, { getSecret: never }],
    ["decode(missing, 'proto', 'b', 'k', 'f', 'M')", { decodeProtobuf: never }],
  ])('%s is Undefined', async (expression, services) => {
    expect(await ask(expression, services)).toBe('')
  })
})

describe('what ends the rule', () => {
  test('a question that fails', async () => {
    const invokeLambda = async (): Promise<never> => {
      throw new Error('the function took longer than 2000 ms')
    }
    expect(await ask('aws_lambda("f", {})', { invokeLambda })).toBe(
      'FUNCTION_FAILED: aws_lambda() failed: the function took longer than 2000 ms',
    )
    expect(await ask('get_or_default(aws_lambda("f", {}), 7)', { invokeLambda })).toBe('7')
  })

  test('nobody to ask', async () => {
    expect(await ask('aws_lambda("f", {})', {})).toBe(
      'SERVICE_MISSING: aws_lambda() cannot be asked here: nobody answers for AWS',
    )
  })

  test('a payload that is not JSON as input of a function', async () => {
    expect(await ask('aws_lambda("f", *)', { invokeLambda: echo }, 'plain')).toContain('its input is JSON')
  })
})

describe('get_secret', () => {
  const json = async () => ({ secretString: '{"API_KEY":"k-1","digits":12345678901234567890}' })
  const plain = async () => ({ secretString: 'k-2' })
  const binary = async () => ({ secretBinary: new Uint8Array([1, 2, 255]) })
  test.each<readonly [string, NonNullable<RuleServices['getSecret']>, string]>([
    [`get_secret('s', 'SecretString', 'API_KEY', ${ROLE})`, json, '"k-1"'],
    [`get_secret('s', 'SecretString', ${ROLE})`, json, '{"API_KEY":"k-1","digits":12345678901234567890}'],
    [`get_secret('s', 'SecretString', 'none', ${ROLE})`, json, ''],
    [`get_secret('s', 'SecretString', ${ROLE})`, plain, '"k-2"'],
    [
      `get_secret('s', 'SecretString', 'API_KEY', ${ROLE})`,
      plain,
      'FUNCTION_FAILED: get_secret() failed: secret s is no JSON object, and so has no key API_KEY',
    ],
    [`get_secret('s', 'SecretBinary', ${ROLE})`, binary, '"AQL/"'],
    [
      `get_secret('s', 'SecretBinary', 'API_KEY', ${ROLE})`,
      binary,
      'FUNCTION_FAILED: get_secret() failed: secret s is read as SecretBinary, which has no keys',
    ],
    [
      `get_secret('s', 'SecretBinary', ${ROLE})`,
      plain,
      'FUNCTION_FAILED: get_secret() failed: secret s has no SecretBinary',
    ],
  ])('%s', async (expression, getSecret, expected) => {
    expect(await ask(expression, { getSecret })).toBe(expected)
  })
})

describe("decode with 'proto'", () => {
  const decodeProtobuf: RuleServices['decodeProtobuf'] = async ({ bytes, ...rest }) =>
    echo({ ...rest, bytes: [...bytes] })
  const source = { bucket: 'b', key: 'k', fileName: 'f', messageType: 'M' }
  test('reads the payload, or Base64', async () => {
    const expected = asked({ ...source, bytes: [8, 150, 1] })
    const bytes = new Uint8Array([8, 150, 1])
    expect(await ask("decode(*, 'proto', 'b', 'k', 'f', 'M')", { decodeProtobuf }, bytes)).toBe(expected)
    expect(await ask("decode(t, 'proto', 'b', 'k', 'f', 'M')", { decodeProtobuf }, '{"t":"CJYB"}')).toBe(expected)
    expect(await ask("decode(t, 'proto', 'b', 'k', 'f', 'M')", { decodeProtobuf }, '{"t":"?"}')).toBe('null')
  })
})

describe('what is refused beforehand', () => {
  test.each([
    ['get_dynamodb("T", "id", id, role)', 'Argument 4 of get_dynamodb() must be a constant'],
    ['get_registry_data("UpdateThing", id, "r")', "The registry can be asked for 'DescribeThing' or"],
    ["get_secret('s', 'SecretText', 'r')", "The type of a secret is 'SecretString' or 'SecretBinary'"],
    ["decode(*, 'proto', 'b', 'k', 'f.proto', 'M')", "The file is named without .proto: 'f'"],
    ["decode(*, 'base64', 'b', 'k', 'f', 'M')", "With six arguments the scheme is 'proto'"],
    [
      'concat(get_dynamodb("T", "a", 1, "r"), get_dynamodb("T", "a", 1, "b", 2, "r"))',
      'get_dynamodb() may stand only once in a statement',
    ],
  ])('%s: %s', (expression, expected) => {
    expect(errorsOf(expression)).toEqual([expect.stringContaining(expected)])
  })
})
