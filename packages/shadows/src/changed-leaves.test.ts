import { formatPath, parseJson, stringifyJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { changedLeaves } from './changed-leaves.ts'
import { readShadow } from './document.ts'
import { parseUpdateRequest } from './update-request.ts'

const state = (text: string) => readShadow(parseJson(`{"state":${text},"version":1}`)).state
const patch = (text: string) => parseUpdateRequest(`{"state":${text}}`).state ?? {}

test.each([
  ['{"desired":{"a":1,"b":2}}', '{"desired":{"a":3}}', ['$.desired.a 1 3'], 'a value'],
  ['{"desired":{"a":{"b":1,"c":2}}}', '{"desired":{"a":{"c":null}}}', ['$.desired.a.c 2 -'], 'a key within, removed'],
  ['{"desired":{"a":1}}', '{"desired":{"a":{"b":2}}}', ['$.desired.a 1 {"b":2}'], 'an object in place of a value'],
  ['{}', '{"reported":{"a":12345678901234567890}}', ['$.reported.a - 12345678901234567890'], 'the first report'],
  ['{"desired":{"a":1,"b":{"c":2}}}', '{"desired":null}', ['$.desired.a 1 -', '$.desired.b {"c":2} -'], 'a section'],
])('%s patched with %s changes %s (%s)', (before, request, expected) => {
  const text = (value: Parameters<typeof stringifyJson>[0] | undefined) =>
    value === undefined ? '-' : stringifyJson(value)
  const leaves = changedLeaves(state(before), patch(request))
  expect(leaves.map((leaf) => `${formatPath(leaf.path)} ${text(leaf.before)} ${text(leaf.after)}`)).toEqual(expected)
})
