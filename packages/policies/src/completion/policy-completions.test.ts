import { applyTextEdits } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { POLICY_ACTIONS } from '../vocabulary/policy-action.ts'
import { policyCompletions } from './policy-completions.ts'
import { policyMeaning } from './policy-meaning.ts'

const HOME = { partition: 'aws', region: 'eu-central-1', accountId: '123456789012' }
const ARN = 'arn:aws:iot:eu-central-1:123456789012:'

/** `|` is the place. */
const at = (marked: string) => policyCompletions(marked.replace('|', ''), marked.indexOf('|'), HOME)
const labels = (marked: string) => at(marked)?.options.map(({ label }) => label)

/** The text after the choice of a label. */
function chosen(marked: string, label: string): string {
  const found = at(marked)
  const option = found?.options.find((each) => each.label === label)
  if (!found || !option) throw new Error(`${label} is not offered.`)
  return applyTextEdits(marked.replace('|', ''), [{ ...found, insert: option.insert }])
}

test.each([
  ['{|', 'Version', '{"Version": '],
  ['{"Ver|', 'Version', '{"Version": '],
  ['{"Ver|": "x"}', 'Version', '{"Version": "x"}'],
  ['{"Version": |', '2012-10-17', '{"Version": "2012-10-17"'],
  ['{"Version": "|"}', '2012-10-17', '{"Version": "2012-10-17"}'],
  ['{"Statement": [{"Eff|', 'Effect', '{"Statement": [{"Effect": '],
  ['{"Statement": [{"Effect": "A|"}]}', 'Allow', '{"Statement": [{"Effect": "Allow"}]}'],
  ['{"Statement": {"Action": ["iot:P|"]}}', 'iot:Publish', '{"Statement": {"Action": ["iot:Publish"]}}'],
  [
    '{"Statement": {"Action": "iot:Connect", "Resource": "|"}}',
    `${ARN}client/\${iot:Connection.Thing.ThingName}`,
    `{"Statement": {"Action": "iot:Connect", "Resource": "${ARN}client/\${iot:Connection.Thing.ThingName}"}}`,
  ],
  ['{"Statement": {"Resource": "a/${iot:C|', '${iot:ClientId}', '{"Statement": {"Resource": "a/${iot:ClientId}'],
  [
    '{"Statement": {"Resource": "a/${iot:C|}/b"}}',
    '${iot:ClientId}',
    '{"Statement": {"Resource": "a/${iot:ClientId}/b"}}',
  ],
  ['{"Statement": {"Resource": "a/$|"}}', '${iot:ClientId}', '{"Statement": {"Resource": "a/${iot:ClientId}"}}'],
  ['{"Statement": {"Condition": {"Bo|', 'Bool', '{"Statement": {"Condition": {"Bool": '],
  [
    '{"Statement": {"Condition": {"Bool": {"|": "true"}}}}',
    'iot:Connection.Thing.IsAttached',
    '{"Statement": {"Condition": {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}}}',
  ],
  [
    '{"Statement": {"Condition": {"Bool": {"iot:Connection.Thing.IsAttached": |',
    'true',
    '{"Statement": {"Condition": {"Bool": {"iot:Connection.Thing.IsAttached": "true"',
  ],
])('%s takes %s', (marked, label, after) => {
  expect(chosen(marked, label)).toBe(after)
})

test('members that are there, and actions that are named, are not offered again', () => {
  expect(labels('{"Version": "2012-10-17", "|"')).toEqual(['Statement', 'Id'])
  expect(labels('{"Statement": {"Action": ["iot:Connect", "|"]}}')).toHaveLength(POLICY_ACTIONS.length - 1)
})

test('resources are those of the actions of the statement, wherever these stand', () => {
  const kinds = (marked: string) => [...new Set(labels(marked)?.map((label) => label.replace(ARN, '').split('/')[0]))]
  expect(kinds('{"Statement": {"Resource": "|", "Action": "iot:Subscribe"}}')).toEqual(['topicfilter', '*'])
  expect(kinds('{"Statement": {"Action": ["iot:Publish", "iot:Connect"], "Resource": "|')).toEqual([
    'topic',
    'client',
    '*',
  ])
})

test.each(['', '{"Statement": [{"Sid": "|', '{"Statement": |', 'x|'])('at %s nothing is known', (marked) => {
  expect(policyCompletions(marked.replace('|', ''), Math.max(0, marked.indexOf('|')))).toBeUndefined()
})

test.each([
  ['{"Statement": {"Action": "iot:Sub|scribe"}}', 'iot:Subscribe', /topic filter/],
  ['{"Statement": {"Action": "iot:*Shad|ow"}}', 'iot:*Shadow', /^3 actions/],
  ['{"Statement": {"Resource": "a/${iot:Cl|ientId}/b"}}', 'iot:ClientId', /proves nothing/],
  [
    '{"Statement": {"Condition": {"ForAnyValue:Stri|ngNotLikeIfExists": {',
    'ForAnyValue:StringNotLikeIfExists',
    /^Not so: the text.*at least one.*absent/,
  ],
  ['{"Statement": {"Condition": {"Bool": {"aws:Sour|ceIp"', 'aws:SourceIp', /IP address/],
  ['{"Statement": {"Not|Resource"', 'NotResource', /Everything but/],
])('what %s means', (marked, title, words) => {
  const meaning = policyMeaning(marked.replace('|', ''), marked.indexOf('|'))
  expect(meaning?.title).toBe(title)
  expect(meaning?.words).toMatch(words)
})
