// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type UserProperty, UserPropertyTap } from './user-properties.ts'

const ENCODER = new TextEncoder()

function text(value: string): number[] {
  const bytes = ENCODER.encode(value)
  return [bytes.length >> 8, bytes.length & 0xff, ...bytes]
}

function variable(value: number): number[] {
  const low = value & 0x7f
  return value < 0x80 ? [low] : [low | 0x80, ...variable(value >> 7)]
}

interface Sent {
  readonly qos: 0 | 1
  readonly payload: number
  readonly user: readonly UserProperty[]
  readonly hasOthers: boolean
}

/** MQTT 5.0 §3.3. */
function publish({ qos, payload, user, hasOthers }: Sent): number[] {
  const others = [0x01, 1, 0x02, 0, 0, 0, 9, 0x03, ...text('text/plain'), 0x23, 0, 7, 0x0b, ...variable(300)]
  const properties = [
    ...(hasOthers ? others : []),
    ...user.flatMap(([name, value]) => [0x26, ...text(name), ...text(value)]),
  ]
  const body = [...text('dt/a'), ...(qos === 1 ? [0, 9] : []), ...variable(properties.length), ...properties]
  const rest = new Array<number>(payload).fill(0x26) // as if properties were there
  return [0x30 | (qos << 1), ...variable(body.length + rest.length), ...body, ...rest]
}

const PUBACK = [0x40, 2, 0, 9]

test('user properties come out in the order in which they were sent, however the bytes are cut', () => {
  const word = fc.string({ maxLength: 5, unit: 'grapheme' })
  const sent = fc.record({
    qos: fc.constantFrom(0 as const, 1 as const),
    payload: fc.integer({ min: 0, max: 300 }),
    user: fc.array(fc.tuple(word, word), { maxLength: 4 }),
    hasOthers: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 90 })), (messages, cuts) => {
      const bytes = Uint8Array.from(messages.flatMap((each) => [...publish(each), ...PUBACK]))
      const tap = new UserPropertyTap()
      let at = 0
      for (const cut of [...cuts, bytes.length]) {
        tap.take(bytes.subarray(at, at + cut))
        at += cut
      }
      for (const { user } of messages) if (user.length > 0) expect(tap.next()).toEqual(user)
      expect(tap.next()).toBeUndefined()
    }),
  )
})

test('a byte order mark is a character like others [MQTT-1.5.4-3]', () => {
  const user = [['\ufeffname', '\ufeffvalue']] as const
  const tap = new UserPropertyTap()
  tap.take(Uint8Array.from(publish({ qos: 0, payload: 0, user, hasOthers: false })))
  expect(tap.next()).toEqual(user)
})
