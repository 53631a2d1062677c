import { parseTemplate } from '@thingdeck/provisioning'
import { expect, test } from 'vitest'
import { taskInputOf } from './task-template.ts'

const CSR = '-----BEGIN CERTIFICATE REQUEST-----'

test('a template of what all things have, and a line of parameters for each', () => {
  const thing = {
    thingTypeName: 'pump',
    billingGroupName: 'c-7',
    attributes: { 'site#1': 'hall' },
    thingGroupNames: ['halls', 'north'],
    certificateSigningRequest: CSR,
  }
  const things = [
    { thingName: 'a', ...thing },
    { thingName: 'b', ...thing, thingGroupNames: ['halls', 'south'] },
  ]
  const { templateBody, lines } = taskInputOf(things, 'device')
  expect(() => parseTemplate(templateBody, 'REGISTRATION')).not.toThrow()
  expect(JSON.parse(templateBody).Resources.thing.Properties.AttributePayload).toEqual({
    'site#1': { Ref: 'Attribute1' },
  })
  expect(lines[1]).toEqual({
    ThingName: 'b',
    ThingTypeName: 'pump',
    BillingGroup: 'c-7',
    CSR,
    Attribute1: 'hall',
    ThingGroup1: 'halls',
    ThingGroup2: 'south',
  })
})

test.each([
  [
    [{ thingName: 'a', thingTypeName: 'pump' }, { thingName: 'b' }],
    'a thing type is given for some things and not for b',
  ],
  [
    [{ thingName: 'a' }, { thingName: 'b', attributes: { x: '1' } }],
    'the attribute x is given for some things and not for a',
  ],
  [[{ thingName: 'a', thingGroupNames: ['g'] }, { thingName: 'b' }], 'another number of groups than a'],
])('what only some have cannot be in a template: %j', (things, message) => {
  expect(() => taskInputOf(things, undefined)).toThrow(message)
})
