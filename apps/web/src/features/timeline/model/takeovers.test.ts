import { expect, test } from 'vitest'
import type { LogFact } from './moment.ts'
import { conflictsOf } from './takeovers.ts'
import { CERTIFICATE_A, CERTIFICATE_B, fact } from './test-facts.ts'

const A = { principalId: CERTIFICATE_A, sourceIp: '198.51.100.20' }
const B = { principalId: CERTIFICATE_B, sourceIp: '203.0.113.9' }
const TAKEN = { disconnectReason: 'DUPLICATE_CLIENTID', reason: 'DUPLICATE_CLIENT_ID', status: 'Failure' }

const conflictMoments = (facts: readonly LogFact[]) => conflictsOf(facts).moments

/** One takeover: `to` connects, and what `from` had ends. */
const takeover = (seconds: number, from: Partial<LogFact>, to: Partial<LogFact>, port: number): LogFact[] => [
  fact(seconds, 'Connect', { ...to, sourcePort: port }),
  fact(seconds + 0.001, 'Disconnect', { ...from, ...TAKEN, sourcePort: port - 1 }),
]

test('a takeover names both, by what they show and from where', () => {
  const [moment, ...others] = conflictMoments([
    fact(0, 'Connect', { ...A, sourcePort: 40_000 }),
    ...takeover(60, A, B, 40_001),
  ])
  expect(others).toEqual([])
  expect(moment).toMatchObject({
    kind: 'conflict',
    tone: 'warning',
    times: 1,
    title: 'Another connection took the client id pump-7',
    why: 'between certificate a1a1a1a1a1a1… from 198.51.100.20 and certificate b2b2b2b2b2b2… from 203.0.113.9: two devices use the same client id',
    conflict: {
      clientId: 'pump-7',
      takeovers: 1,
      parties: [
        { principalId: CERTIFICATE_A, sourceIps: ['198.51.100.20'], took: 0 },
        { principalId: CERTIFICATE_B, sourceIps: ['203.0.113.9'], took: 1 },
      ],
    },
  })
})

test('takeovers that follow each other are one fight, however often', () => {
  const facts = Array.from({ length: 21 }, (_, index) =>
    takeover(index * 5, index % 2 === 0 ? A : B, index % 2 === 0 ? B : A, 40_000 + index),
  ).flat()
  const [fight, ...others] = conflictMoments(facts)
  expect(others).toEqual([])
  expect(fight).toMatchObject({
    tone: 'error',
    times: 21,
    title: 'Fight for the client id pump-7: taken over 21 times',
    conflict: { takeovers: 21, parties: [{ took: 10 }, { took: 11 }] },
  })
  expect((fight?.untilMs ?? 0) - (fight?.atMs ?? 0)).toBe(100_000)
  expect(conflictsOf(facts).told).toEqual(new Set(facts.map(({ id }) => id)))
})

test('a device that comes again over its half-open connection fights with nobody', () => {
  const [moment] = conflictMoments(takeover(0, A, A, 40_001))
  expect(moment).toMatchObject({ tone: 'info', title: 'pump-7 reconnected over its open connection' })
  expect(moment?.why).toMatch(/most likely one device/)
})

test('one certificate from two addresses is told apart by the address', () => {
  const [moment] = conflictMoments(takeover(0, A, { ...A, sourceIp: '203.0.113.9' }, 40_001))
  expect(moment?.why).toMatch(/from 198\.51\.100\.20 and .* from 203\.0\.113\.9: one certificate on two devices, or/)
  expect(moment?.conflict?.parties).toHaveLength(2)
})

test('where the log has no connect, to whom it was lost is not made up', () => {
  const [moment] = conflictMoments([fact(0, 'Disconnect', { ...A, ...TAKEN })])
  expect(moment?.conflict?.parties).toEqual([{ principalId: CERTIFICATE_A, sourceIps: ['198.51.100.20'], took: 0 }])
  expect(moment?.why).toBe(
    'certificate a1a1a1a1a1a1… from 198.51.100.20 lost it; the log has no connect that tells to whom',
  )
})

test('fights for different client ids, and those hours apart, are different ones', () => {
  const facts = [
    ...takeover(0, A, B, 1),
    ...takeover(3_600, B, A, 3),
    ...takeover(3_601, { ...A, clientId: 'gateway-9' }, { ...B, clientId: 'gateway-9' }, 5),
  ]
  expect(conflictMoments(facts).map(({ times }) => times)).toEqual([1, 1, 1])
})
