import type { RuleDestination, RuleDestinationUse } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { cureOf, usersOf } from './destination-words.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:ruledestination/http/1'
const HTTP: RuleDestination = { arn: ARN, status: 'ENABLED', httpUrl: { confirmationUrl: 'https://example.com/a' } }
const use = (more: Partial<RuleDestinationUse>): RuleDestinationUse => ({
  ruleName: 'r',
  isRuleDisabled: false,
  action: 'http',
  isErrorAction: false,
  ...more,
})

test.each<[Partial<RuleDestinationUse>, string | undefined]>([
  [{ confirmationUrl: 'https://example.com/a' }, 'uses'],
  [{ confirmationUrl: 'https://example.com/a/b' }, undefined],
  [{ confirmationUrl: 'https://example.com/${topic(1)}' }, 'may use'],
  [{ confirmationUrl: 'https://other.com/${topic(1)}' }, undefined],
  [{ action: 'kafka', destinationArn: ARN }, 'uses'],
  [{ action: 'kafka', destinationArn: `${ARN}2` }, undefined],
])('an action with %j: %s', (more, certainty) => {
  expect(usersOf(HTTP, [use(more)]).map((each) => each.certainty)).toEqual(certainty === undefined ? [] : [certainty])
})

test('what is as it should be needs nothing', () => {
  expect(cureOf(HTTP)).toBeUndefined()
  expect(cureOf({ ...HTTP, status: 'ERROR' })).toMatch(/Send a new token/)
  expect(cureOf({ ...HTTP, status: 'IN_PROGRESS' })).toMatch(/confirm with it here/)
  expect(cureOf({ arn: ARN, status: 'DISABLED', vpc: {} })).toMatch(/7 days/)
})
