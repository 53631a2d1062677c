import { expect, test } from 'vitest'
import { findMoment } from './find-moment.ts'
import { heardFact, withHeard } from './heard.ts'
import type { LogFact } from './moment.ts'
import { CERTIFICATE_A, CERTIFICATE_B, fact, refused, START_MS } from './test-facts.ts'
import { timelineOf } from './timeline.ts'

const momentsOf = (log: readonly LogFact[]) =>
  timelineOf({ log, activity: [], subject: { principals: [] }, nowMs: START_MS + 3_600_000 })

const heardDisconnect = (seconds: number, disconnectReason: string) => {
  const event = { clientId: 'pump-7', timestamp: START_MS + seconds * 1_000, eventType: 'disconnected' }
  const heard = heardFact(JSON.stringify({ ...event, disconnectReason, sessionIdentifier: 'a-b' }))
  if (!heard) throw new Error('It is a lifecycle event')
  return heard
}

const dropped = { disconnectReason: 'MQTT_KEEP_ALIVE_TIMEOUT' }

test('a link to what was heard leads to what the log has of it', () => {
  const before = momentsOf([fact(0, 'Connect'), heardDisconnect(60, 'CLIENT_INITIATED_DISCONNECT')])
  const id = before.at(-1)?.id ?? ''
  expect(id).toMatch(/heard/)
  const entry = fact(60.4, 'Disconnect', { disconnectReason: 'CLIENT_INITIATED_DISCONNECT' })
  const log = [fact(0, 'Connect'), fact(59, 'Connect'), entry, fact(300, 'Disconnect')]
  expect(withHeard(log, [heardDisconnect(60, '')])).toBe(log)
  expect(findMoment(momentsOf(log), id)?.log).toEqual([entry])
  // Whoever opens it where nothing is logged is shown nothing else for it.
  expect(findMoment(momentsOf([fact(0, 'Connect'), fact(300, 'Disconnect')]), id)).toBeUndefined()
})

test('a link to what became a part of a run leads to the run', () => {
  const drops = (count: number) =>
    Array.from({ length: count }, (_, index) => [
      fact(index * 20, 'Connect', { id: `connect${index}` }),
      fact(index * 20 + 10, 'Disconnect', { id: `disconnect${index}`, ...dropped }),
    ]).flat()
  const ids = momentsOf(drops(2)).map(({ id }) => id)
  const run = momentsOf(drops(5))
  expect(run).toHaveLength(1)
  for (const id of ids) expect(findMoment(run, id)).toBe(run[0])
  const [heard] = momentsOf([heardDisconnect(50.2, dropped.disconnectReason)])
  expect(findMoment(run, heard?.id ?? '')).toBe(run[0])
})

test('a link to one of several refusals leads to all of them', () => {
  const [first, second, third] = [0, 10, 20].map((seconds) =>
    fact(seconds, 'Publish-In', { topicName: 'a', ...refused }),
  )
  if (!first || !second || !third) throw new Error('There are three')
  const [alone] = momentsOf([third])
  const [run, ...others] = momentsOf([first, second, third])
  expect(others).toEqual([])
  expect(findMoment(run ? [run] : [], alone?.id ?? '')).toBe(run)
})

test('a link to a takeover leads to the fight that it began or belongs to', () => {
  const takeover = (seconds: number, winner: string, loser: string) => [
    fact(seconds, 'Connect', { principalId: winner, id: `w${seconds}` }),
    fact(seconds, 'Disconnect', { principalId: loser, disconnectReason: 'DUPLICATE_CLIENTID', id: `l${seconds}` }),
  ]
  const [one, other] = [takeover(10, CERTIFICATE_B, CERTIFICATE_A), takeover(40, CERTIFICATE_A, CERTIFICATE_B)]
  const fight = momentsOf([...one, ...other]).find(({ kind }) => kind === 'conflict')
  for (const alone of [one, other]) {
    for (const { id } of momentsOf(alone)) expect(findMoment(fight ? [fight] : [], id)).toBe(fight)
  }
})
