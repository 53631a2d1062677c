// @vitest-environment node
import { afterEach, expect, test } from 'vitest'
import { toBase64 } from '../../../../shared/bytes-text.ts'
import { setGivenTypes } from '../../../../shared/decode/protobuf/topic-types.ts'
import { TestClock } from '../../../../shared/mqtt/test-clock.ts'
import { eventLoopTurns } from '../turns.ts'
import { LiveStreams } from './streams.ts'

afterEach(() => setGivenTypes([]))

const PROTO = 'syntax = "proto3"; package acme; message Telemetry { double flow = 1; sint32 wear = 2; }'
const TYPE = {
  filter: 'dt/#',
  name: 'acme.Telemetry',
  files: [{ name: 'acme.proto', base64: toBase64(new TextEncoder().encode(PROTO)) }],
}
/** {flow: 4.2, wear: -3} */
const PAYLOAD = Uint8Array.from(Buffer.from('09cdcccccccccc10401005', 'hex'))

test('a type that is given later counts for what was received before: in rows, the filter and charts', async () => {
  const source = { setSubscriptions: () => {}, stateOf: () => undefined }
  const streams = new LiveStreams(new TestClock(), eventLoopTurns(), source)
  const calls = streams.procedures()
  const subscriptions = [{ filter: '#', qos: 0 as const }]
  calls['live.configure']({ stream: 'main', subscriptions, filterText: '$.wear = -3' })
  calls['live.pin']({ stream: 'main', pins: [{ id: '1', topic: 'dt/a', path: '$.flow' }] })
  for (const topic of ['dt/a', 'other/a']) {
    const message = { topic, payload: PAYLOAD, qos: 0 as const, retain: false, dup: false, receivedAtMs: 5 }
    streams.onMessage(message, ['live:main'])
  }
  const rows = async () => (await calls['live.window']({ stream: 'main', from: 0, count: 9 }))?.rows
  const series = async () => {
    const range = { fromMs: 0, toMs: 10 }
    return (await calls['live.series']({ stream: 'main', range, buckets: 0 }))?.series.map(({ mean }) => [...mean])
  }
  expect(await rows()).toEqual([])
  expect(await series()).toEqual([[]])

  calls['live.setPayloadTypes']({ types: [TYPE] })
  expect(await rows()).toMatchObject([
    { topic: 'dt/a', preview: '{"flow":4.2,"wear":-3}', encoding: 'protobuf', isText: true },
  ])
  expect(await series()).toEqual([[4.2]])
  expect(calls['live.numericPaths']({ stream: 'main', topic: 'dt/a' })).toEqual([
    { path: '$.flow', text: '4.2' },
    { path: '$.wear', text: '-3' },
  ])

  calls['live.setPayloadTypes']({ types: [{ ...TYPE, files: [] }] }) // what cannot be read is no type
  expect(await rows()).toEqual([])
  streams.onStatus()
})
