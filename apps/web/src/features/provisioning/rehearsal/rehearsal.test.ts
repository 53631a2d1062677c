import type { ProvisioningSurroundings } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { judgeHook } from './hook-answer.ts'
import { outcomeOf } from './outcome.ts'
import { readRequest } from './read-request.ts'
import { rehearse } from './rehearse.ts'
import { MADE_UP_ID, surroundingsOf } from './surroundings-of.ts'

const BODY = (overrides: object = {}, more: object = {}) =>
  JSON.stringify({
    Parameters: { Serial: { Type: 'String' } },
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: {
          ThingName: { 'Fn::Sub': 'pump-${Serial}' },
          AttributePayload: { serial: { Ref: 'Serial' } },
          ThingTypeName: 'pump',
          ThingGroups: ['hall-1'],
          ...more,
        },
        OverrideSettings: overrides,
      },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
      },
      policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'device' } },
    },
  })

const there = (name: string) => ({ name, presence: 'there' as const })
const missing = (name: string) => ({ name, presence: 'missing' as const })
const ALL: ProvisioningSurroundings = {
  thing: missing('pump-7'),
  thingType: there('pump'),
  thingGroups: [there('hall-1')],
  policies: [there('device')],
  packageVersions: [],
}

function outcome(surroundings: ProvisioningSurroundings, body = BODY()) {
  const rehearsed = rehearse(body, 'FLEET_PROVISIONING', { Serial: '7' }, { 'AWS::IoT::Certificate::Id': MADE_UP_ID })
  if (rehearsed.kind !== 'planned') throw new Error(rehearsed.kind)
  const { effect, steps } = outcomeOf(rehearsed.plan, surroundings)
  return { effect, of: (id: string) => steps.find((step) => step.id === id) }
}

test('what is asked of the account is what the plan needs, and no certificate that nobody has made', () => {
  const rehearsed = rehearse(BODY(), 'FLEET_PROVISIONING', { Serial: '7' }, { 'AWS::IoT::Certificate::Id': MADE_UP_ID })
  expect(rehearsed.kind === 'planned' && surroundingsOf(rehearsed.plan)).toEqual({
    thingName: 'pump-7',
    thingTypeName: 'pump',
    thingGroups: ['hall-1'],
    policyNames: ['device'],
    packageVersions: [],
  })
})

test('a thing that is not there is made, with its values', () => {
  const { effect, of } = outcome(ALL)
  expect(effect).toBe('changed') // the certificate, which becomes active
  expect(of('thing')).toMatchObject({ effect: 'made', changes: [{ key: 'attribute serial', after: '7' }, {}, {}] })
  expect(of('certificate')).toMatchObject({ effect: 'changed', changes: [{ after: 'ACTIVE' }] })
})

const found = { attributes: { serial: '6', site: 'north' }, thingTypeName: 'pump', thingGroups: ['hall-2'] }
const OLD: ProvisioningSurroundings = { ...ALL, thing: { ...there('pump-7'), thing: found } }

test.each([
  [{}, 'kept', []],
  [{ AttributePayload: 'MERGE' }, 'changed', ['attribute serial']],
  [{ AttributePayload: 'REPLACE' }, 'changed', ['attribute serial', 'attribute site']],
  [{ ThingGroups: 'REPLACE' }, 'changed', ['groups']],
  [{ ThingTypeName: 'FAIL' }, 'refused', undefined],
])('a thing that is there, with %j: %s', (overrides, effect, changed) => {
  const step = outcome(OLD, BODY(overrides)).of('thing')
  expect(step?.effect).toBe(effect)
  expect(step?.changes?.map(({ key }) => key)).toEqual(changed)
})

test('what has to be there and is not refuses all, and says where it stands', () => {
  const { effect, of } = outcome({ ...ALL, policies: [missing('device')], thingType: missing('pump') })
  expect(effect).toBe('refused')
  expect(of('policy policy')).toMatchObject({ effect: 'refused', path: 'Resources.policy.Properties.PolicyName' })
  expect(of('type')?.words).toMatch(/no such thing type/)
})

test('what the console may not read makes the end unknown', () => {
  expect(outcome({ ...ALL, thingType: { name: 'pump', presence: 'unknown', message: 'AccessDenied' } }).effect).toBe(
    'unknown',
  )
})

test('a parameter without a value fails before anything is asked', () => {
  expect(rehearse(BODY(), 'FLEET_PROVISIONING', {}, {})).toMatchObject({
    kind: 'failed',
    failure: { step: 'parameters', path: 'Parameters.Serial' },
  })
})

test.each<[payload: string, expected: object, more?: object]>([
  ['{"allowProvisioning":true,"parameterOverrides":{"A":"1"}}', { kind: 'allowed', overrides: { A: '1' } }],
  ['{"allowProvisioning":true}', { kind: 'allowed', overrides: {} }],
  ['{"allowProvisioning":"true"}', { kind: 'refused', why: expect.stringMatching(/only true/) }],
  [
    '{"allowProvisioning":true,"parameterOverrides":{"A":1}}',
    { kind: 'refused', why: expect.stringMatching(/no text/) },
  ],
  ['null', { kind: 'refused', why: expect.stringMatching(/no JSON object/) }],
  [
    '{"errorMessage":"no stock"}',
    { kind: 'refused', why: expect.stringMatching(/Unhandled.*no stock/) },
    { functionError: 'Unhandled' },
  ],
  ['{"allowProvisioning":true}', { kind: 'refused', why: expect.stringMatching(/6\.0 s/) }, { durationMs: 6_000 }],
])('the hook answers %s', (payload, expected, more = {}) => {
  expect(judgeHook({ payload, durationMs: 10, ...more })).toMatchObject(expected)
})

const TOPIC = '$aws/provisioning-templates/pumps/provision'
const bytes = (text: string) => new TextEncoder().encode(text)

test('requests are read in JSON and CBOR; what AWS IoT would refuse is none', () => {
  const request = '{"certificateOwnershipToken":"t","parameters":{"Serial":"7"}}'
  expect(readRequest(`${TOPIC}/json`, bytes(request))).toEqual({ Serial: '7' })
  // {"parameters": {"Serial": "7"}} (RFC 8949)
  const cbor = Uint8Array.of(0xa1, 0x6a, ...bytes('parameters'), 0xa1, 0x66, ...bytes('Serial'), 0x61, 0x37)
  expect(readRequest(`${TOPIC}/cbor`, cbor)).toEqual({ Serial: '7' })
  expect(readRequest(`${TOPIC}/json`, bytes('{"parameters":{"Serial":7}}'))).toBeUndefined()
  expect(readRequest(`${TOPIC}/json/accepted`, bytes(request))).toBeUndefined()
  expect(readRequest(`${TOPIC}/json`, bytes('no JSON'))).toBeUndefined()
})
