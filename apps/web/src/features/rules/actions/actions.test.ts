import { RULE_ACTION_NAMES, RULE_ACTION_SETTINGS } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import type { ActionField } from './action-description.ts'
import { ACTIONS, actionWords, describeAction, readAction } from './actions.ts'

/** As much of a JSON Schema as the contract's have. */
interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly patternProperties?: object
}

/** All members with their paths; `[]` for what a list holds. A union has the members of all. */
function members(schema: Schema, path = '', isRequired = true): Map<string, boolean> {
  const found = new Map<string, boolean>()
  if (schema.anyOf?.every(({ type }) => type === 'object')) {
    for (const each of schema.anyOf) for (const [name] of members(each, path)) found.set(name, false)
    return found
  }
  if (schema.type === 'array') {
    found.set(path, isRequired)
    for (const [name, required] of members(schema.items ?? {}, `${path}[]`)) found.set(name, required)
    return found
  }
  if (!schema.properties) return found.set(path, isRequired)
  for (const [name, member] of Object.entries(schema.properties)) {
    const below = path === '' ? name : `${path}.${name}`
    const required = isRequired && schema.required?.includes(name) === true
    for (const [each, isNeeded] of members(member, below, required)) found.set(each, isNeeded)
  }
  return found
}

const fieldsOf = (fields: readonly ActionField[], path = ''): Map<string, boolean> =>
  new Map(
    fields.flatMap((field) => {
      const own = path === '' ? field.path : `${path}.${field.path}`
      const below = field.kind.is === 'list' ? fieldsOf(field.kind.fields, `${own}[]`) : []
      return [[own, field.isRequired === true] as const, ...below]
    }),
  )

test('each action that there is has one description', () => {
  expect(ACTIONS.map(({ name }) => name).toSorted()).toEqual([...RULE_ACTION_NAMES].toSorted())
})

test.each(RULE_ACTION_NAMES)('the form of %s has the members that AWS has', (name) => {
  const schema = members(RULE_ACTION_SETTINGS[name] as Schema) // TypeBox says so by types of its own
  const fields = fieldsOf(describeAction(name).fields)
  expect([...fields.keys()].toSorted()).toEqual([...schema.keys()].toSorted())
  for (const [path, isRequired] of schema) {
    if (isRequired) expect(fields.get(path), `${path} is required`).toBe(true)
  }
})

test('an action is said in one line, and nothing secret is in it', () => {
  expect(actionWords({ dynamoDBv2: { putItem: { tableName: 't' }, roleArn: 'r' } })).toBe('DynamoDBv2: puts into t')
  const queueUrl = 'https://sqs.eu-central-1.amazonaws.com/123456789012/alarms-${topic(2)}'
  expect(actionWords({ sqs: { queueUrl, roleArn: 'r' } })).toBe('SQS: sends to alarms-${topic(2)}')
  const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:on-alarm:live'
  expect(actionWords({ lambda: { functionArn } })).toBe('Lambda: calls on-alarm:live')
  expect(actionWords({ http: { url: 'https://example.com/a?key=secret' } })).toBe(
    'HTTPS: posts to https://example.com/a',
  )
  expect(actionWords({ salesforce: { url: 'https://x', token: 'secret' } })).not.toContain('secret')
})

test('what is none of them, or several at once, is not read', () => {
  expect(readAction({})).toBeUndefined()
  expect(readAction({ teleport: {} })).toBeUndefined()
  expect(readAction({ sqs: {}, sns: {} })).toBeUndefined()
})
