import type { Message } from '@thingdeck/broker'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { ReservedTopics } from './reserved-topics.ts'

const THING = '$aws/things/pump-7'

test('that nobody answers is told once for each kind of request, and of nothing else', () => {
  const told: unknown[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void told.push(JSON.parse(line).topic) })
  const reserved = new ReservedTopics({ publish: () => {}, deliverTo: () => false }, () => true, log)
  for (const topic of [
    `${THING}/streams/firmware/description/json`, // an answer
    `${THING}/streams/firmware/describe/json`,
    `${THING}/streams/music/describe/json`,
    `${THING}/jobs/get/accepted`, // an answer
    `${THING}/jobs/notify`,
    '$aws/commands/things/pump-7/executions/1/request/json', // the server's
    '$aws/events/presence/connected/pump-7',
    '$aws/no/such/topic',
    `${THING}/jobs/get`,
  ]) {
    reserved.answer(messageOn(topic), undefined)
  }
  expect(told).toEqual([`${THING}/streams/firmware/describe/json`, `${THING}/jobs/get`])
})

const messageOn = (topic: string): Message => ({
  topic,
  payload: new Uint8Array(),
  qos: 1,
  retain: false,
  properties: {},
  receivedAtMs: 0,
})
