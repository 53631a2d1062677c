import { expect, test } from 'vitest'
import { bindPolicies, compilePolicies, evaluate, explain, fastAllows, parsePolicyDocument } from './index.ts'

test('the example of the README', () => {
  const document = parsePolicyDocument(`{
    "Version": "2012-10-17",
    "Statement": [
      {
        "Sid": "Telemetry",
        "Effect": "Allow",
        "Action": "iot:Publish",
        "Resource": "arn:aws:iot:eu-central-1:123456789012:topic/dt/\${iot:ClientId}/*"
      }
    ]
  }`)
  const policies = compilePolicies([{ policyName: 'fleet', document }])
  const context = { 'iot:ClientId': 'pump-7' }
  const topic = (name: string) => `arn:aws:iot:eu-central-1:123456789012:topic/${name}`

  expect(explain(evaluate(policies, { action: 'iot:Publish', resource: topic('dt/pump-8/t'), context }))).toBe(
    'iot:Publish on arn:aws:iot:eu-central-1:123456789012:topic/dt/pump-8/t is denied because no statement allows it. ' +
      'Covering the action: statement 1 ("Telemetry") of policy fleet, but its resources do not match.',
  )

  const connection = bindPolicies(policies, context)
  expect(fastAllows(connection, 'iot:Publish', topic('dt/pump-7/t'))).toBe(true)
})
