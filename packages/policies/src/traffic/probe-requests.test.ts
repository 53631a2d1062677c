import { expect, test } from 'vitest'
import { compilePolicies } from '../compiled-policies.ts'
import { parsePolicyDocument } from '../parse-policy-document.ts'
import { comparePolicies } from './compare-policies.ts'
import { probeRequests } from './probe-requests.ts'

const ARN = 'arn:aws:iot:eu-central-1:123456789012'
const THING = '$' + '{iot:Connection.Thing.ThingName}'
const MQTT = { 'iot:ClientId': 'pump-7', 'iot:Connection.Thing.ThingName': 'pump-7' }

const documentOf = (...statements: readonly object[]) =>
  parsePolicyDocument(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
    }),
  )

const asked = (document: ReturnType<typeof documentOf>) =>
  probeRequests([document], ARN, { mqtt: MQTT, https: {} }).map(({ action, resource }) => `${action} ${resource}`)

test.each([
  [{ Action: 'iot:Publish', Resource: `${ARN}:topic/dt/${THING}/*` }, [`iot:Publish ${ARN}:topic/dt/pump-7/any-other`]],
  [{ Action: 'iot:connect', Resource: '*' }, [`iot:Connect ${ARN}:client/any-other`]],
  [{ Action: 'iot:Connect', Resource: 'arn:aws:iot:*:*:client/a?' }, [`iot:Connect ${ARN}:client/ax`]],
  // Another kind than the action's is nothing that could be asked, and so is a variable without a value.
  [{ Action: 'iot:Subscribe', Resource: `${ARN}:topic/dt/*` }, []],
  [{ Action: 'iot:GetThingShadow', Resource: `${ARN}:thing/${THING}` }, []],
  [
    { Action: 'iot:Receive', NotResource: `${ARN}:topic/secret/*` },
    [`iot:Receive ${ARN}:topic/any-other`, `iot:Receive ${ARN}:topic/secret/any-other`],
  ],
])('%j asks %j', (statement, requests) => {
  expect(asked(documentOf(statement))).toEqual(requests)
})

test('all actions that a wildcard names', () => {
  const all = asked(documentOf({ Action: 'iot:*', Resource: '*' }))
  expect(all).toContain(`iot:Publish ${ARN}:topic/any-other`)
  expect(all).toContain('iot:ListRetainedMessages *')
})

test('what a narrower policy takes away is found', () => {
  const wide = documentOf({ Action: 'iot:Publish', Resource: `${ARN}:topic/dt/*` })
  const narrow = documentOf({ Action: 'iot:Publish', Resource: `${ARN}:topic/dt/${THING}/*` })
  const requests = probeRequests([wide, narrow], ARN, { mqtt: MQTT, https: {} })
  const compile = (document: typeof wide) => compilePolicies([{ policyName: 'device', document }])
  expect(comparePolicies(compile(wide), compile(narrow), requests).map(({ request }) => request.pattern)).toEqual([
    `${ARN}:topic/dt/*`,
  ])
})
