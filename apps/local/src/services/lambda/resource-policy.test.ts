import { expect, test } from 'vitest'
import { Database } from '../../foundation/database.ts'
import { FunctionTable } from './function-table.ts'
import { mayInvoke, type PermissionInput, statementOf } from './resource-policy.ts'

const account = { id: '123456789012', region: 'us-east-1' }
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f'
const RULE = 'arn:aws:iot:us-east-1:123456789012:rule/hot'
const INVOKE = { action: 'lambda:InvokeFunction', principal: 'iot.amazonaws.com' }

// AWS IoT Core developer guide, "Lambda": principal, SourceArn and SourceAccount of the permission.
test.each<[Partial<PermissionInput>, boolean]>([
  [{ ...INVOKE }, true],
  [{ ...INVOKE, sourceArn: RULE, sourceAccount: account.id }, true],
  [{ ...INVOKE, sourceArn: 'arn:aws:iot:us-east-1:123456789012:rule/*' }, true],
  [{ ...INVOKE, sourceArn: 'arn:aws:iot:us-east-1:123456789012:rule/cold' }, false],
  [{ ...INVOKE, sourceArn: RULE, sourceAccount: '210987654321' }, false],
  [{ ...INVOKE, principal: 'events.amazonaws.com' }, false],
  [{ ...INVOKE, principal: account.id }, false],
  [{ ...INVOKE, principal: '*' }, true],
  [{ ...INVOKE, action: 'lambda:*' }, true],
  [{ ...INVOKE, action: 'lambda:GetFunction' }, false],
  [{ ...INVOKE, eventSourceToken: 'alexa' }, false],
])('%j: %s', (permission, expected) => {
  const table = new FunctionTable(new Database(':memory:'))
  table.putSettings('f', { tags: {}, eventInvoke: {}, isFromFolder: false })
  const statement = { statementId: 'iot-rule_1', action: '', principal: '', resource: ARN, ...permission }
  table.addStatement('f', '', statementOf(statement))
  const source = { service: 'iot.amazonaws.com', sourceArn: RULE }
  expect(mayInvoke(table, account, { name: 'f', qualifier: undefined }, ARN, source)).toBe(expected)
  // An alias has a policy of its own.
  expect(mayInvoke(table, account, { name: 'f', qualifier: 'live' }, `${ARN}:live`, source)).toBe(false)
})
