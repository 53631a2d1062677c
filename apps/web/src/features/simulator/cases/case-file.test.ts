// @vitest-environment node
import { expect, test } from 'vitest'
import { parseCaseFile } from './case-file.ts'

const SOUND = { check: 'iot:Publish dt/a', expect: 'ALLOWED' }
const fileOf = (...cases: readonly unknown[]) => JSON.stringify({ cases })

test('a case is read with all that it says, and what it leaves out is as for most clients', () => {
  const thing = { name: 'pump-7', type: 'pump', attributes: { site: 'north' } }
  const [whole, least] = parseCaseFile(
    fileOf(
      {
        ...SOUND,
        what: 'w',
        policies: [{ Version: '2012-10-17' }, 'a text'],
        thing,
        values: { a: ['1', '2'] },
        over: 'https',
      },
      {
        check: 'iot:Connect',
        expect: 'DENIED',
        clientId: 'c',
        persistent: true,
        will: { topic: 't' },
        sourceIp: '::1',
      },
    ),
  )
  expect(whole).toMatchObject({
    what: 'w',
    policies: [JSON.stringify({ Version: '2012-10-17' }, undefined, 2), 'a text'],
    clientId: 'pump-7', // of the thing
    thing: { thingName: 'pump-7', thingTypeName: 'pump', attributes: { site: 'north' } },
    values: { a: ['1', '2'] },
    over: 'https',
    check: { action: 'iot:Publish', on: 'dt/a' },
  })
  expect(least).toEqual({
    policies: undefined,
    clientId: 'c',
    values: {},
    sourceIp: '::1',
    over: 'mqtt',
    isPersistent: true,
    will: { topic: 't', retain: false },
    check: { action: 'iot:Connect', on: '' },
    expect: 'DENIED',
  })
})

test.each([
  ['{', /^This is no JSON/],
  ['[]', /^A file of cases is a JSON object/],
  ['{"cases": [], "more": 1}', /^more: there is no such member\. Known are cases/],
  ['{"cases": []}', /^cases: the list is empty/],
  [fileOf(...Array.from({ length: 5_001 }, () => SOUND)), /^cases: at most 5000; these are 5001/],
  [fileOf(SOUND, { ...SOUND, clientid: 'a' }), /^cases\[1\]\.clientid: there is no such member/],
  [fileOf({ ...SOUND, check: 'iot:Dance a' }), /^cases\[0\]\.check: “iot:Dance a” is no check/],
  [fileOf({ ...SOUND, expect: 'Allowed' }), /^cases\[0\]\.expect: one of ALLOWED, DENIED/],
  [fileOf({ ...SOUND, thing: { name: '' } }), /^cases\[0\]\.thing\.name: a text that is not empty/],
  [fileOf({ ...SOUND, values: { a: 1 } }), /^cases\[0\]\.values\.a: a text, or a list of texts/],
  [fileOf({ ...SOUND, policies: [1] }), /^cases\[0\]\.policies\[0\]: a JSON object/],
  [fileOf({ ...SOUND, will: { topic: 't', qos: 1 } }), /^cases\[0\]\.will\.qos: there is no such member/],
])('what is wrong with %s is said with its place', (text, message) => {
  expect(() => parseCaseFile(text)).toThrow(message)
})
