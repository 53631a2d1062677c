import { MOST_TOPICS } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { PublishTally } from './publish-tally.ts'

const message = (topic: string, bytes = 1) => ({ topic, qos: 1 as const, retain: false, bytes })

test('nothing that was published is nothing to report', () => {
  expect(new PublishTally().counts()).toBeUndefined()
})

test('what was sent and what was not are added up, and the first reason stays', () => {
  const tally = new PublishTally()
  tally.count({ topic: 'a', qos: 0, retain: true, bytes: 3 })
  tally.count(message('b', 4), { code: 'MQTT_0x87', message: 'Not authorized' })
  tally.count(message('b', 5), { code: 'NOT_CONNECTED', message: 'gone' })
  expect(tally.counts()).toEqual({
    topics: [
      { topic: 'b', messages: 2 },
      { topic: 'a', messages: 1 },
    ],
    qos: [0, 1],
    retained: 1,
    bytes: 12,
    sent: 1,
    failed: 2,
    refusal: { code: 'MQTT_0x87', message: 'Not authorized' },
  })
})

test('of many topics the shadows that were written are never left out', () => {
  const tally = new PublishTally()
  for (let number = 0; number < 2 * MOST_TOPICS; number += 1) {
    tally.count(message(`dt/${number}`))
    tally.count(message(`dt/${number}`))
  }
  tally.count(message('$aws/things/pump-1/shadow/update'))
  tally.count(message('$aws/things/pump-1/shadow/get'))
  const counts = tally.counts()
  expect(counts?.topics).toHaveLength(MOST_TOPICS)
  expect(counts?.topics[0]).toEqual({ topic: '$aws/things/pump-1/shadow/update', messages: 1 })
  expect(counts?.topicsLeftOut).toBe(MOST_TOPICS + 2)
})
