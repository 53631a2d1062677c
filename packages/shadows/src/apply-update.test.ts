import { parseJson, stringifyJson, toPlain } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { type AppliedUpdate, applyUpdate } from './apply-update.ts'
import { deleteShadow, getDocument, readShadow } from './document.ts'
import { ShadowError } from './error.ts'
import type { StoredShadow } from './shadow.ts'
import { formatStoredShadow, parseStoredShadow } from './storage.ts'
import { parseUpdateRequest } from './update-request.ts'

const NOW = 1_700_000_000
const QUERY = { thingName: 'pump-7', nowSeconds: NOW }

/** Applies updates one after the other, one second apart. */
function play(...payloads: readonly string[]): AppliedUpdate {
  let stored: StoredShadow | undefined
  let result: AppliedUpdate | undefined
  for (const [index, payload] of payloads.entries()) {
    result = applyUpdate(stored, parseUpdateRequest(payload), { nowSeconds: NOW + index })
    stored = parseStoredShadow(formatStoredShadow(result.shadow))
  }
  if (!result) throw new Error('no update')
  return result
}

function stateAfter(...payloads: readonly string[]): unknown {
  return toPlain(getDocument(play(...payloads).shadow, QUERY).get('state') ?? null)
}

const STORED = '{"state":{"reported":{"a":{"x":1,"y":2},"l":[1,2,3]}}}'

test.each([
  ['{"a":{"x":9}}', '{"a":{"x":9,"y":2},"l":[1,2,3]}', 'objects merge [guide, data flow]'],
  ['{"a":{"x":null}}', '{"a":{"y":2},"l":[1,2,3]}', 'null removes a nested key [guide]'],
  ['{"a":null}', '{"l":[1,2,3]}', 'null removes an object [guide]'],
  ['{"zz":null}', '{"a":{"x":1,"y":2},"l":[1,2,3]}', 'null for an absent key is no error'],
  ['{"l":[7]}', '{"a":{"x":1,"y":2},"l":[7]}', 'an array is replaced [guide, array values]'],
  ['{"l":[]}', '{"a":{"x":1,"y":2},"l":[]}', 'an empty array is a value'],
  ['{"l":[{"k":null,"m":1}]}', '{"a":{"x":1,"y":2},"l":[{"m":1}]}', 'null members of objects in arrays are not kept'],
  ['{"a":5}', '{"a":5,"l":[1,2,3]}', 'a type may change'],
  ['{"l":{"k":1}}', '{"a":{"x":1,"y":2},"l":{"k":1}}', 'a type may change [moto, aws_verified]'],
  ['{"n":{}}', '{"a":{"x":1,"y":2},"l":[1,2,3],"n":{}}', 'an empty object is stored [moto, aws_verified]'],
  ['{"a":{"x":{}}}', '{"a":{"x":{},"y":2},"l":[1,2,3]}', 'a scalar becomes an empty object [moto, aws_verified]'],
  ['{"a":{}}', '{"a":{"x":1,"y":2},"l":[1,2,3]}', 'merging nothing changes nothing'],
  ['{"a":{"x":null,"y":null}}', '{"a":{},"l":[1,2,3]}', 'an object that loses its last key stays'],
  [
    '{"n":{"p":null,"q":{"r":null}}}',
    '{"a":{"x":1,"y":2},"l":[1,2,3],"n":{"q":{}}}',
    'nulls are not stored at any depth',
  ],
  ['{"a.x":1}', '{"a":{"x":1,"y":2},"l":[1,2,3],"a.x":1}', 'a key with periods is one key'],
])('reporting %s gives %s (%s)', (patch, expected) => {
  const { shadow } = play(STORED, `{"state":{"reported":${patch}}}`)
  expect(stringifyJson(shadow.state.reported ?? null)).toBe(expected)
})

test.each<[payload: string, expected: object, source: string]>([
  ['{"state":{"desired":null}}', { reported: { r: 1 } }, 'a section is removed [guide, empty properties]'],
  [
    '{"state":{"desired":{"d":null}}}',
    { reported: { r: 1 } },
    'so is one that loses its last key [moto, aws_verified]',
  ],
  ['{"state":{"desired":null,"reported":{"r":2}}}', { reported: { r: 2 } }, 'together with a report [guide]'],
  ['{"state":{}}', { desired: { d: 1 }, reported: { r: 1 }, delta: { d: 1 } }, 'nothing named, nothing changed'],
  ['{"state":{"desired":{}}}', { desired: { d: 1 }, reported: { r: 1 }, delta: { d: 1 } }, 'merging nothing'],
  ['{"state":null}', {}, 'both sections are removed [moto, aws_verified]'],
])('%s leaves %j (%s)', (payload, expected) => {
  const first = '{"state":{"desired":{"d":1},"reported":{"r":1}}}'
  expect(stateAfter(first, payload)).toEqual(expected)
  expect(play(first, payload).shadow.version).toBe(2)
})

test.each([
  ['{"state":null}', '{"state":null,"metadata":{"timestamp":1700000000},"version":1,"timestamp":1700000000}'],
  ['{"state":{}}', '{"state":{},"metadata":{},"version":1,"timestamp":1700000000}'],
  [
    '{"clientToken":"abc","state":{"desired":{"fan":2,"gone":null,"l":[1,{"m":[]}]},"reported":null},"x":1}',
    '{"state":{"desired":{"fan":2,"gone":null,"l":[1,{"m":[]}]},"reported":null},' +
      '"metadata":{"desired":{"fan":{"timestamp":1700000000},"gone":{"timestamp":1700000000},' +
      '"l":[{"timestamp":1700000000},{"m":[]}]},"reported":{"timestamp":1700000000}},' +
      '"version":1,"timestamp":1700000000,"clientToken":"abc"}',
  ],
])('%s is accepted with what it named', (payload, accepted) => {
  expect(stringifyJson(play(payload).accepted)).toBe(accepted)
})

test('an empty shadow exists, and is answered with empty objects [moto, aws_verified]', () => {
  const { shadow } = play('{"state":null}')
  expect(stringifyJson(getDocument(shadow, QUERY))).toBe(
    '{"state":{},"metadata":{},"version":1,"timestamp":1700000000}',
  )
})

test('fields keep the time at which they were last named', () => {
  const { shadow } = play(
    '{"state":{"desired":{"a":{"x":1,"y":2},"l":[1,2],"timestamp":0}}}',
    '{"state":{"desired":{"a":{"x":1}}}}',
    '{"state":{"desired":{"l":[3]}}}',
    '{"state":{"desired":{"l":null,"z":{"timestamp":{"timestamp":1}}}}}',
  )
  expect(stringifyJson(getDocument(shadow, QUERY).get('metadata') ?? null)).toBe(
    '{"desired":{"a":{"x":{"timestamp":1700000001},"y":{"timestamp":1700000000}},' +
      '"timestamp":{"timestamp":1700000000},' +
      '"z":{"timestamp":{"timestamp":{"timestamp":1700000003}}}}}',
  )
})

test('publishes delta and documents as the guide shows them', () => {
  const { delta, documents } = play(
    '{"state":{"desired":{"c":{"r":1,"g":2}},"reported":{"c":{"r":1,"g":2}}}}',
    '{"state":{"reported":{"c":{"g":9}}},"clientToken":"t"}',
  )
  expect(stringifyJson(delta ?? null)).toBe(
    '{"version":2,"timestamp":1700000001,"state":{"c":{"g":2}},' +
      '"metadata":{"c":{"g":{"timestamp":1700000000}}},"clientToken":"t"}',
  )
  expect(toPlain(documents)).toEqual({
    previous: {
      state: { desired: { c: { r: 1, g: 2 } }, reported: { c: { r: 1, g: 2 } } },
      metadata: {
        desired: { c: { r: { timestamp: NOW }, g: { timestamp: NOW } } },
        reported: { c: { r: { timestamp: NOW }, g: { timestamp: NOW } } },
      },
      version: 1,
    },
    current: {
      state: { desired: { c: { r: 1, g: 2 } }, reported: { c: { r: 1, g: 9 } } },
      metadata: {
        desired: { c: { r: { timestamp: NOW }, g: { timestamp: NOW } } },
        reported: { c: { r: { timestamp: NOW }, g: { timestamp: NOW + 1 } } },
      },
      version: 2,
    },
    timestamp: NOW + 1,
    clientToken: 't',
  })
  expect(play('{"state":{}}').documents.get('previous')).toBe(null)
})

test('there is no delta where reported agrees', () => {
  expect(play('{"state":{"desired":{"a":1},"reported":{"a":1.0,"b":2}}}').delta).toBeUndefined()
})

test('digits and key order survive an update, the store and a get', () => {
  const state = '{"desired":{"id":12345678901234567890,"10":1.50,"9":1e400,"__proto__":{"x":1}}}'
  const { shadow } = play(`{"state":${state}}`, '{"state":{"reported":{"id":12345678901234567890}}}')
  expect(stringifyJson(getDocument(parseStoredShadow(formatStoredShadow(shadow)), QUERY).get('state') ?? null)).toBe(
    '{"desired":{"id":12345678901234567890,"10":1.50,"9":1e400,"__proto__":{"x":1}},' +
      '"reported":{"id":12345678901234567890},' +
      '"delta":{"10":1.50,"9":1e400,"__proto__":{"x":1}}}',
  )
})

test.each([
  [undefined, 1, 'accepted'],
  [1, 1, 'accepted'],
  [2, 1, 409],
  [0, 1, 409],
  ['9007199254740993', 1, 409],
])('version %s of a request against version %i: %s', (requested, current, outcome) => {
  const { shadow } = play('{"state":{}}')
  expect(shadow.version).toBe(current)
  const version = requested === undefined ? '' : `"version":${requested},`
  const request = parseUpdateRequest(`{${version}"clientToken":"t","state":{"desired":{"a":1}}}`)
  if (outcome === 409) {
    expect(refusal(() => applyUpdate(shadow, request, { nowSeconds: NOW }))).toMatchObject({
      code: 409,
      exceptionName: 'ConflictException',
      message: 'Version conflict',
      clientToken: 't',
    })
  } else {
    expect(applyUpdate(shadow, request, { nowSeconds: NOW }).shadow.version).toBe(2)
  }
})

test('a first document may claim version 1 and no other [Greengrass shadow manager]', () => {
  expect(play('{"state":{},"version":1}').shadow.version).toBe(1)
  const request = parseUpdateRequest('{"state":{},"version":2}')
  expect(refusal(() => applyUpdate(undefined, request, { nowSeconds: NOW }))).toMatchObject({
    code: 400,
    message: 'Invalid version',
  })
})

test('the counter of a deleted shadow survives 48 hours', () => {
  const { shadow } = play('{"state":{"desired":{"a":1}}}', '{"state":{}}', '{"state":{}}', '{"state":{}}')
  const { tombstone, accepted } = deleteShadow(shadow, { ...QUERY, clientToken: 'd' })
  expect(stringifyJson(accepted)).toBe('{"version":4,"timestamp":1700000000,"clientToken":"d"}')

  const stored = parseStoredShadow(formatStoredShadow(tombstone))
  expect(stored).toEqual(tombstone)
  const request = parseUpdateRequest('{"state":{"reported":{"b":1}}}')
  const soon = applyUpdate(stored, request, { nowSeconds: NOW + 48 * 3600 - 1 })
  expect(soon.shadow.version).toBe(6)
  expect(soon.shadow.state.desired).toBeUndefined()
  expect(applyUpdate(stored, request, { nowSeconds: NOW + 48 * 3600 }).shadow.version).toBe(1)
})

test.each([
  [undefined, undefined, "No shadow exists with name: 'pump-7'"],
  [undefined, 'alarm', "No shadow exists with name: 'pump-7~alarm'"],
  [
    { kind: 'tombstone', version: 3, deletedAtSeconds: NOW } as const,
    undefined,
    "No shadow exists with name: 'pump-7'",
  ],
])('what is not there is not found: %j, %s', (stored, shadowName, message) => {
  for (const ask of [getDocument, deleteShadow]) {
    expect(refusal(() => ask(stored, { ...QUERY, shadowName, clientToken: 'q' }))).toMatchObject({
      code: 404,
      exceptionName: 'ResourceNotFoundException',
      message,
      clientToken: 'q',
    })
  }
})

test('the merged state may have 8192 bytes, whatever the request has', () => {
  const text = (length: number) => 'ü'.repeat(Math.floor(length / 2)) + 'x'.repeat(length % 2)
  const overhead = '{"a":""}'.length + '{"b":1}'.length
  const fits = play(`{"state":{"desired":{"a":"${text(8192 - overhead)}"},"reported":{"b":1}}}`)
  const more = parseUpdateRequest('{"state":{"reported":{"c":null,"b":12}},"clientToken":"t"}')
  expect(refusal(() => applyUpdate(fits.shadow, more, { nowSeconds: NOW }))).toMatchObject({
    code: 413,
    exceptionName: 'RequestEntityTooLargeException',
    clientToken: 't',
  })
  expect(applyUpdate(fits.shadow, more, { nowSeconds: NOW, maxStateBytes: 8193 }).shadow.version).toBe(2)
  const shrink = parseUpdateRequest(`{"state":{"desired":{"a":null,"padding":"${text(8000)}"}}}`)
  expect(applyUpdate(fits.shadow, shrink, { nowSeconds: NOW }).shadow.version).toBe(2)
})

test('a document that was read from the wire is the shadow that was sent', () => {
  const { shadow, documents } = play(
    '{"state":{"desired":{"a":{"timestamp":5},"l":[{"timestamp":1}],"e":{}}}}',
    '{"state":{"reported":{"a":{"timestamp":6}}}}',
  )
  expect(readShadow(getDocument(shadow, QUERY))).toEqual(shadow)
  expect(readShadow(documents.get('current') ?? null)).toEqual(shadow)
  expect(readShadow(parseJson('{"state":{"desired":{"a":1}},"version":3}'))).toMatchObject({ version: 3 })
  expect(() => readShadow(parseJson('{"state":{}}'))).toThrow(TypeError)
})

test('a time that the wire does not give is unknown, not 1970', () => {
  const metadata = '{"desired":{"a":{"timestamp":5},"l":[{"timestamp":5}],"o":7}}'
  const document = `{"state":{"desired":{"a":1,"b":2,"l":[1,2],"o":{"x":1}}},"metadata":${metadata},"version":3}`
  expect(readShadow(parseJson(document)).metadata.desired).toEqual(new Map([['a', 5]]))
})

function refusal(act: () => unknown): ShadowError {
  try {
    act()
  } catch (error) {
    if (error instanceof ShadowError) return error
    throw error
  }
  throw new Error('was accepted')
}
