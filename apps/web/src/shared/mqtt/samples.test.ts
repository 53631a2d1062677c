import { expect, test } from 'vitest'
import type { MqttMessage } from './message.ts'
import { type SampledMessages, Samples } from './samples.ts'

const message = (topic: string, bytes = 1): MqttMessage => ({
  topic,
  payload: new Uint8Array(bytes),
  qos: 0,
  retain: false,
  dup: false,
  receivedAtMs: 1,
})

function open() {
  const told: SampledMessages[] = []
  const wanted = new Map<string, unknown>()
  const waiting: (() => void)[] = []
  const samples = new Samples({
    setSubscriptions: (consumer, requests) => wanted.set(consumer, requests),
    after: (_, action) => waiting.push(action),
    tell: (batch) => told.push(batch),
  })
  samples.open('1', [{ filter: 'dt/#', qos: 0 }])
  const tick = () => {
    for (const action of waiting.splice(0)) action()
  }
  return { samples, told, wanted, tick }
}

test('what comes is handed on in batches; what is beyond is counted, and nothing is told without a message', () => {
  const { samples, told, tick } = open()
  tick()
  expect(told).toEqual([])
  for (let index = 0; index < 1_200; index += 1) samples.onMessage(message('dt/a'), ['sample:1', 'tap:1'])
  tick()
  expect(told.map(({ messages, dropped }) => [messages.length, dropped])).toEqual([[200, 1_000]])
  samples.onMessage(message('dt/b'), ['sample:1'])
  tick()
  expect(told[1]).toMatchObject({ sample: '1', dropped: 0, messages: [{ topic: 'dt/b' }] })
})

test('large payloads fill a batch by their bytes, and each is a copy', () => {
  const { samples, told, tick } = open()
  const large = message('dt/a', 400_000)
  for (let index = 0; index < 3; index += 1) samples.onMessage(large, ['sample:1'])
  large.payload.fill(7)
  tick()
  expect(told[0]?.messages).toHaveLength(2)
  expect(told[0]?.dropped).toBe(1)
  expect(told[0]?.messages[0]?.payload[0]).toBe(0)
})

test('once it is closed nothing is subscribed to and nothing told', () => {
  const { samples, told, wanted, tick } = open()
  samples.onMessage(message('dt/a'), ['sample:1'])
  samples.close('1')
  tick()
  samples.onMessage(message('dt/a'), ['sample:1'])
  tick()
  expect(told).toEqual([])
  expect(wanted.get('sample:1')).toEqual([])
})
