import type { ClientHistory, ClientParty } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { fightOf, ownTakeovers, unusualPlace } from './fight.ts'

const AT = '2026-11-29T10:00:00.000Z'
const party = (principalId: string, sourceIp: string, change: Partial<ClientParty> = {}): ClientParty => ({
  partyId: `${principalId} ${sourceIp}`,
  principalId,
  sourceIp,
  connects: 1,
  refused: 0,
  took: 0,
  lost: 0,
  firstAt: AT,
  lastAt: AT,
  ...change,
})
const history = (change: Partial<ClientHistory>): ClientHistory => ({
  log: { outcome: 'entries' },
  events: [],
  parties: [],
  takeovers: [],
  ...change,
})
const took = (loser: string, winner: string | undefined, count: number) => ({
  loser,
  ...(winner !== undefined && { winner }),
  count,
  firstAt: AT,
  lastAt: AT,
})

test('a fight has both parties, and counts what each took; who stands by has no part in it', () => {
  const parties = [party('a', '10.0.0.1'), party('b', '10.0.0.2'), party('a', '10.0.0.3')]
  const takeovers = [took('a 10.0.0.1', 'b 10.0.0.2', 3), took('b 10.0.0.2', 'a 10.0.0.1', 2)]
  expect(fightOf(history({ parties, takeovers }))).toEqual({
    takeovers: 5,
    parties: parties.slice(0, 2),
    hasUnknown: false,
    lastAt: AT,
  })
})

test('who takes its own client id fights with nobody', () => {
  const told = history({ parties: [party('a', '10.0.0.1')], takeovers: [took('a 10.0.0.1', 'a 10.0.0.1', 4)] })
  expect([fightOf(told), ownTakeovers(told)]).toEqual([undefined, 4])
})

test('that somebody took it who is not in the log is a fight with somebody unknown', () => {
  const told = history({ parties: [party('a', '10.0.0.1')], takeovers: [took('a 10.0.0.1', undefined, 1)] })
  expect(fightOf(told)).toMatchObject({ takeovers: 1, hasUnknown: true })
})

test.each([
  [
    'from elsewhere for the first time',
    party('a', '10.0.0.2', { isConnected: true }),
    party('a', '10.0.0.1', { connects: 3 }),
    '10.0.0.2',
  ],
  [
    'from elsewhere, where it has been before',
    party('a', '10.0.0.2', { isConnected: true, connects: 2 }),
    party('a', '10.0.0.1', { connects: 9 }),
    undefined,
  ],
  [
    'too little is known',
    party('a', '10.0.0.2', { isConnected: true }),
    party('a', '10.0.0.1', { connects: 2 }),
    undefined,
  ],
  [
    'the others were another principal',
    party('a', '10.0.0.2', { isConnected: true }),
    party('b', '10.0.0.1', { connects: 9 }),
    undefined,
  ],
  ['it is not connected', party('a', '10.0.0.2'), party('a', '10.0.0.1', { connects: 9 }), undefined],
])('where it usually is: %s', (_, now, before, expected) => {
  expect(unusualPlace(history({ parties: [now, before] }))?.sourceIp).toBe(expected)
})
