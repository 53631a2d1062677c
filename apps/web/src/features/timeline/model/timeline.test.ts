import type { AuditEntry } from '@thingdeck/contract'
import { describe, expect, test } from 'vitest'
import { CERTIFICATE_A, fact, refused, START_MS } from './test-facts.ts'
import { type TimelineSources, timelineOf } from './timeline.ts'

const NOTHING: TimelineSources = { log: [], activity: [], subject: undefined, nowMs: START_MS + 1e7 }

function activity(seconds: number, members: Partial<AuditEntry> = {}): AuditEntry {
  const atMs = START_MS + seconds * 1_000
  return {
    id: `${atMs}-0`,
    time: new Date(atMs).toISOString(),
    person: { id: 'ada', name: 'Ada', role: 'operator' },
    action: 'UpdateThingShadow',
    resource: { type: 'shadow', id: 'pump-7/config' },
    requestId: 'r',
    outcome: { status: 200 },
    changes: [{ path: '$.desired.on', beforeText: '1', afterText: '2' }],
    version: 41,
    ...members,
  }
}

const titles = (sources: Partial<TimelineSources>) => timelineOf({ ...NOTHING, ...sources }).map(({ title }) => title)

test('sources are one sequence, oldest first, each entry once', () => {
  const connect = fact(10, 'Connect')
  const disconnect = fact(30, 'Disconnect', { disconnectReason: 'CONNECTION_LOST' })
  expect(titles({ log: [disconnect, connect, connect], activity: [activity(20)] })).toEqual([
    'Connected',
    'Ada: UpdateThingShadow of shadow config, version 41',
    'Disconnected',
  ])
})

test('a write of a person is one moment of both its sources', () => {
  const log = [fact(20.4, 'UpdateThingShadow', { topicName: '$aws/things/pump-7/shadow/name/config/update' })]
  const [moment, ...others] = timelineOf({ ...NOTHING, log, activity: [activity(20)] })
  expect(others).toEqual([])
  expect(moment).toMatchObject({
    why: 'desired.on 1 → 2',
    log: [{ eventType: 'UpdateThingShadow' }],
    activity: [{ version: 41 }],
  })
})

test.each([
  ['another shadow', [fact(20, 'UpdateThingShadow', { topicName: '$aws/things/pump-7/shadow/update' })]],
  ['too long after', [fact(29, 'UpdateThingShadow', { topicName: '$aws/things/pump-7/shadow/name/config/update' })]],
  [
    'either of two',
    [
      fact(20, 'UpdateThingShadow', { topicName: '$aws/things/pump-7/shadow/name/config/update' }),
      fact(21, 'UpdateThingShadow', { topicName: '$aws/things/pump-7/shadow/name/config/update' }),
    ],
  ],
])('what may be of %s stays apart', (_, log) => {
  expect(titles({ log, activity: [activity(20)] })).toHaveLength(log.length + 1)
})

test('the same refusal again and again is one moment, until it is quiet for a minute', () => {
  const refusal = (seconds: number, topicName = 'dt/a') => fact(seconds, 'Publish-In', { ...refused, topicName })
  const log = [...Array.from({ length: 50 }, (_, index) => refusal(index)), refusal(20.5, 'dt/b'), refusal(300)]
  const moments = timelineOf({ ...NOTHING, log })
  expect(moments.map(({ title, times }) => [title, times])).toEqual([
    ['Publish to dt/a refused', 50],
    ['Publish to dt/b refused', 1],
    ['Publish to dt/a refused', 1],
  ])
  expect(moments[0]?.untilMs).toBe(START_MS + 49_000)
  expect(moments[0]?.log).toHaveLength(2)
})

test('what was refused to a person says so, with AWS’s words', () => {
  const entry = activity(5, { outcome: { status: 409, code: 'ConflictException', message: 'Version conflict' } })
  const [moment] = timelineOf({ ...NOTHING, activity: [entry] })
  expect(moment).toMatchObject({
    tone: 'error',
    title: 'Ada: UpdateThingShadow of shadow config, version 41, not done',
    why: 'ConflictException: Version conflict',
  })
})

test.each([
  ['AttachThingPrincipal', { type: 'thing', id: 'pump-7' }, 'access'],
  ['AttachPolicy', { type: 'certificate', id: CERTIFICATE_A }, 'access'],
  ['UpdateThing', { type: 'thing', id: 'pump-7' }, 'registry'],
  ['AddThingToThingGroup', { type: 'thing-group', id: 'north' }, 'registry'],
  ['UpdateCertificate', { type: 'certificate', id: CERTIFICATE_A }, 'access'],
  ['CancelJobExecution', { type: 'job', id: 'fw-2' }, 'job'],
  ['StartCommandExecution', { type: 'thing', id: 'pump-7' }, 'job'],
] as const)('%s of a %j is %s', (action, resource, kind) => {
  const [moment] = timelineOf({ ...NOTHING, activity: [activity(1, { action, resource })] })
  expect(moment?.kind).toBe(kind)
})

test('certificates were made and will expire', () => {
  const iso = (seconds: number) => new Date(START_MS + seconds * 1_000).toISOString()
  const principals = [
    {
      principal: `arn:aws:iot:us-east-1:123456789012:cert/${CERTIFICATE_A}`,
      principalId: CERTIFICATE_A,
      attachment: 'alone' as const,
      certificate: { status: 'ACTIVE', createdAt: iso(0), notBefore: iso(-120), notAfter: iso(1e6) },
    },
  ]
  expect(titles({ subject: { principals } })).toEqual([
    'Certificate a1a1a1a1a1a1… was made',
    'Certificate a1a1a1a1a1a1… expires',
  ])
})

test('ids stay the same whatever else is read', () => {
  const log = [fact(1, 'Connect'), fact(2, 'Disconnect', { disconnectReason: 'DUPLICATE_CLIENTID' })]
  const [first] = timelineOf({ ...NOTHING, log })
  expect(timelineOf({ ...NOTHING, log: [...log, fact(0, 'Connect')] }).map(({ id }) => id)).toContain(first?.id)
})

describe('a device that connects and is dropped again and again', () => {
  const cycle = (seconds: number, disconnectReason: string, details?: string) => [
    fact(seconds, 'Connect', { principalId: CERTIFICATE_A, sourceIp: '198.51.100.20' }),
    fact(seconds + 1, 'Disconnect', { disconnectReason, ...(details !== undefined && { details }) }),
  ]
  const many = (from: number, count: number, reason: string, details?: string) =>
    Array.from({ length: count }, (_, index) => cycle(from + 2 * index, reason, details)).flat()

  test('is one moment that says how often and why, and what else happened stays', () => {
    const log = [
      ...many(0, 20, 'CLIENT_ERROR', 'The packet is too large'),
      fact(7, 'UpdateThingShadow', { topicName: '$aws/things/pump-7/shadow/update' }),
      fact(60, 'Connect'),
    ]
    const moments = timelineOf({ ...NOTHING, log })
    expect(moments.map(({ title }) => title)).toEqual([
      'Connected and disconnected again',
      'Update of the classic shadow',
      'Connected',
    ])
    expect(moments[0]).toMatchObject({
      kind: 'connection',
      tone: 'warning',
      times: 20,
      atMs: START_MS,
      untilMs: START_MS + 39_000,
      why: 'the device broke the protocol: The packet is too large (CLIENT_ERROR)',
    })
    expect(moments[0]?.log).toHaveLength(2)
  })

  test('is told drop by drop where it is rare, and anew where the reason changes', () => {
    expect(titles({ log: many(0, 2, 'CONNECTION_LOST') })).toHaveLength(4)
    expect(
      titles({
        log: [...cycle(0, 'CONNECTION_LOST'), ...cycle(90, 'CONNECTION_LOST'), ...cycle(180, 'CONNECTION_LOST')],
      }),
    ).toHaveLength(6)
    const changed = timelineOf({ ...NOTHING, log: [...many(0, 5, 'CONNECTION_LOST'), ...many(10, 5, 'AUTH_ERROR')] })
    expect(changed.map(({ times, why }) => `${times} ${why}`)).toEqual([
      '5 the network connection was lost (CONNECTION_LOST)',
      '5 the device could not be authenticated, or was not authorized (AUTH_ERROR)',
    ])
  })

  test('keeps its goodbyes', () => {
    expect(titles({ log: many(0, 5, 'CLIENT_INITIATED_DISCONNECT') })).toHaveLength(10)
  })
})
