import { expect, test } from 'vitest'
import { functionResource, parseFunctionName } from './function-name.ts'

const account = { id: '123456789012', region: 'us-east-1' }

test.each([
  ['pump', 'function:pump'],
  ['pump:live', 'function:pump:live'],
  ['pump:$LATEST', 'function:pump:$LATEST'],
  ['function:pump', 'function:pump'],
  ['123456789012:pump', 'function:pump'],
  ['123456789012:function:pump:live', 'function:pump:live'],
  ['us-east-1:pump', 'function:pump'],
  ['us-east-1:123456789012:pump', 'function:pump'],
  ['arn:aws:lambda:pump', 'function:pump'],
  ['arn:aws:lambda:us-east-1:123456789012:function:pump:7', 'function:pump:7'],
])('%s: policies are asked about the function that is meant', (text, resource) => {
  expect(functionResource(text)).toBe(resource)
  const { name, qualifier } = parseFunctionName(account, text)
  expect(['function', name, ...(qualifier === undefined ? [] : [qualifier])].join(':')).toBe(resource)
})

test('a qualifier beside the name counts where the name has none', () => {
  expect(functionResource('pump', 'live')).toBe('function:pump:live')
  expect(functionResource('pump:7', 'live')).toBe('function:pump:7')
})
