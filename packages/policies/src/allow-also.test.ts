import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allowAlso, compilePolicies, evaluate, parsePolicyDocument } from './index.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012'
const added = { action: 'iot:Publish', resource: `${ARN}:topic/b` }
const allows = (text: string, topic: string) =>
  evaluate(compilePolicies([{ policyName: 'p', document: parsePolicyDocument(text) }]), {
    action: 'iot:Publish',
    resource: `${ARN}:topic/${topic}`,
  }).decision === 'ALLOWED'

test('a resource joins its statement, and nothing else is touched', () => {
  const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow", "Action":   "iot:Publish",
      "Resource": "${ARN}:topic/a"
    }
  ]
}`
  expect(allowAlso(text, added, 0)).toBe(text.replace(`"${ARN}:topic/a"`, `["${ARN}:topic/a", "${ARN}:topic/b"]`))
  const list = text.replace(`"${ARN}:topic/a"`, `[\n        "${ARN}:topic/a"\n      ]`)
  expect(allowAlso(list, added, 0)).toBe(
    list.replace(`"${ARN}:topic/a"`, `"${ARN}:topic/a",\n        "${ARN}:topic/b"`),
  )
})

test('a statement comes behind the others, in their indentation', () => {
  const text = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "iot:Connect", "Resource": "*" }
  ]
}`
  expect(allowAlso(text, added)).toBe(`{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "iot:Connect", "Resource": "*" },
    {
      "Effect": "Allow",
      "Action": "iot:Publish",
      "Resource": "${ARN}:topic/b"
    }
  ]
}`)
})

test('however it is written, what comes of it is a policy that allows both', () => {
  const statement = { Effect: 'Allow', Action: 'iot:Publish', Resource: `${ARN}:topic/a` }
  const resources = fc.constantFrom<string | string[]>(
    `${ARN}:topic/a`,
    [`${ARN}:topic/a`],
    [`${ARN}:topic/a`, 'arn:x'],
  )
  fc.assert(
    fc.property(
      resources,
      fc.boolean(),
      fc.constantFrom(0, 2),
      fc.option(fc.constant(0)),
      (Resource, isList, indent, at) => {
        const one = { ...statement, Resource }
        const text = JSON.stringify({ Version: '2012-10-17', Statement: isList ? [one] : one }, null, indent)
        const now = allowAlso(text, added, at ?? undefined)
        expect([allows(now, 'a'), allows(now, 'b'), allows(now, 'c')]).toEqual([true, true, false])
      },
    ),
  )
})
