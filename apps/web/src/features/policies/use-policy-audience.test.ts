import { policyFindings } from '@thingdeck/policies'
import { expect, test } from 'vitest'
import type { PolicySubject } from './policy-impact.ts'
import { audienceOf } from './use-policy-audience.ts'

const subject = (thingName: string, attributes: Record<string, string>): PolicySubject => ({
  name: thingName,
  thingName,
  clientId: thingName,
  facts: {
    arnPrefix: 'arn:aws:iot:us-east-1:123456789012',
    principal: { kind: 'certificate', certificateId: 'a', certificateArn: '', status: 'ACTIVE', context: {} },
    things: [{ thingName, isExclusive: false }],
    thing: { thingName, attributes, isExclusive: false },
    namesOtherThing: false,
    policies: [],
  },
})

test('a variable that is empty for some of the things of a policy is told with their number and names', () => {
  const audience = audienceOf([
    subject('pump-1', { site: 'north' }),
    subject('pump-2', {}),
    subject('pump-2', {}), // by a second certificate
  ])
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'iot:Connect',
      Resource:
        'arn:aws:iot:*:*:client/${iot:Connection.Thing.ThingName}-${iot:Connection.Thing.Attributes[site]}-${cognito-identity.amazonaws.com:sub}',
    },
  })
  expect(policyFindings(text, audience).map(({ words }) => words)).toEqual([
    '${iot:Connection.Thing.Attributes[site]} resolves to nothing for 1 of 2 things (pump-2): there the statement does not match.',
    'cognito-identity.amazonaws.com:sub stands for nothing for whom this policy is attached to: a certificate is no Cognito identity.',
  ])
})

test('of a policy for more than was looked at, only the first things are spoken of', () => {
  const audience = audienceOf([subject('pump-1', { site: 'north' }), subject('pump-2', {})], true)
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'iot:Connect',
      Resource: [
        'arn:aws:iot:*:*:client/other',
        'arn:aws:iot:*:*:client/${iot:Connection.Thing.ThingName}-${iot:Connection.Thing.Attributes[site]}-${cognito-identity.amazonaws.com:sub}',
      ],
    },
  })
  expect(policyFindings(text, audience).map(({ words }) => words)).toEqual([
    '${iot:Connection.Thing.Attributes[site]} resolves to nothing for 1 of the first 2 things (pump-2): there the statement does not match.',
  ])
})
