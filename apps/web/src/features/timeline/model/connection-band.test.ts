import type { ThingConnection } from '@thingdeck/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BandKnowledge, connectionBand } from './connection-band.ts'
import type { LogFact } from './moment.ts'
import { fact, START_MS } from './test-facts.ts'

const at = (seconds: number) => START_MS + seconds * 1_000
const iso = (seconds: number) => new Date(at(seconds)).toISOString()
const ALL: BandKnowledge = { readFromMs: at(0), toMs: at(100), isLogged: true }

/** `0–10 unknown, 10–50 connected` */
const words = (facts: readonly LogFact[], knowledge: BandKnowledge = ALL) =>
  connectionBand(facts, knowledge)
    .map(({ fromMs, toMs, state }) => `${(fromMs - START_MS) / 1_000}–${(toMs - START_MS) / 1_000} ${state}`)
    .join(', ')

const present = (connection: Partial<ThingConnection>): BandKnowledge => ({
  ...ALL,
  isLogged: false,
  present: { connection: { connected: false, toldBy: 'connection', clientId: 'pump-7', ...connection }, atMs: at(100) },
})

const lost = { disconnectReason: 'CONNECTION_LOST' }
const taken = { disconnectReason: 'DUPLICATE_CLIENTID' }

test.each<[why: string, facts: LogFact[], knowledge: BandKnowledge, band: string]>([
  ['nothing is known', [], ALL, '0–100 unknown'],
  [
    'from a connect to a disconnect',
    [fact(10, 'Connect'), fact(50, 'Disconnect', lost)],
    ALL,
    '0–10 unknown, 10–50 connected, 50–100 disconnected',
  ],
  [
    'before a disconnect nobody told since when',
    [fact(10, 'Disconnect', lost)],
    ALL,
    '0–10 unknown, 10–100 disconnected',
  ],
  [
    'two connects: when the first ended is missing',
    [fact(10, 'Connect'), fact(50, 'Connect')],
    ALL,
    '0–10 unknown, 10–50 unknown, 50–100 connected',
  ],
  [
    'two disconnects',
    [fact(10, 'Disconnect', lost), fact(50, 'Disconnect', lost)],
    ALL,
    '0–10 unknown, 10–50 unknown, 50–100 disconnected',
  ],
  [
    'who loses its client id leaves it connected',
    [fact(10, 'Connect'), fact(50, 'Connect'), fact(50.001, 'Disconnect', taken), fact(70, 'Disconnect', lost)],
    ALL,
    '0–10 unknown, 10–70 connected, 70–100 disconnected',
  ],
  [
    'lost to nobody who is known',
    [fact(10, 'Connect'), fact(50, 'Disconnect', taken)],
    ALL,
    '0–10 unknown, 10–50 connected, 50–100 disconnected',
  ],
  ['a refused connect is none', [fact(10, 'Connect', { status: 'Failure' })], ALL, '0–100 unknown'],
  [
    'what is not logged any more is not concluded',
    [fact(10, 'Connect')],
    { ...ALL, isLogged: false },
    '0–10 unknown, 10–100 unknown',
  ],
  [
    'but told by who knows the present',
    [fact(10, 'Connect')],
    present({ connected: true, connectedSince: iso(10) }),
    '0–10 unknown, 10–100 connected',
  ],
  ['the present alone', [], present({ connected: true, connectedSince: iso(60) }), '0–60 unknown, 60–100 connected'],
  [
    'the present, since before what was read',
    [],
    present({ connected: true, connectedSince: iso(-60) }),
    '0–100 connected',
  ],
  [
    'the present goes on where the log ended',
    [fact(10, 'Connect')],
    present({ disconnectedSince: iso(40) }),
    '0–10 unknown, 10–40 connected, 40–100 disconnected',
  ],
  ['nobody knows the present', [], present({ toldBy: 'nobody' }), '0–100 unknown'],
  [
    'of two client ids one is enough',
    [
      fact(10, 'Connect'),
      fact(20, 'Disconnect', lost),
      fact(15, 'Connect', { clientId: 'g' }),
      fact(40, 'Disconnect', { clientId: 'g', ...lost }),
    ],
    ALL,
    '0–10 unknown, 10–40 connected, 40–100 disconnected',
  ],
])('%s', (_, facts, knowledge, band) => {
  expect(words(facts, knowledge)).toBe(band)
})

test('why it is unknown is said', () => {
  const whys = connectionBand([fact(10, 'Connect'), fact(50, 'Connect')], ALL).map(({ why }) => why)
  expect(whys[0]).toMatch(/before/)
  expect(whys[1]).toMatch(/missing/)
})

test('a band covers what was read without gaps, in order, and claims a state only after an entry that tells it', () => {
  const entry = fc
    .record({
      seconds: fc.integer({ min: 1, max: 99 }),
      eventType: fc.constantFrom('Connect', 'Disconnect'),
      clientId: fc.constantFrom('pump-7', 'g'),
      disconnectReason: fc.constantFrom('CONNECTION_LOST', 'DUPLICATE_CLIENTID'),
    })
    .map(({ seconds, eventType, ...members }) => fact(seconds, eventType, members))
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), fc.boolean(), (entries, isLogged) => {
      const facts = entries.sort((one, other) => one.atMs - other.atMs)
      const band = connectionBand(facts, { ...ALL, isLogged })
      expect(band[0]?.fromMs).toBe(ALL.readFromMs)
      expect(band.at(-1)?.toMs).toBe(ALL.toMs)
      for (const [index, span] of band.entries()) {
        expect(span.toMs).toBeGreaterThan(span.fromMs)
        if (index > 0) expect(span.fromMs).toBe(band[index - 1]?.toMs)
        if (span.state === 'unknown') continue
        const wanted = span.state === 'connected' ? 'Connect' : 'Disconnect'
        expect(facts.some(({ eventType, atMs }) => eventType === wanted && atMs <= span.fromMs)).toBe(true)
      }
    }),
  )
})
