import { isTakenOver } from '../../../shared/iot-logs/disconnect-reason.ts'
import { firstFrom } from './first-from.ts'
import { type Conflict, type LogFact, loggedId, type Moment, type Party } from './moment.ts'
import { principalInWords } from './principal-words.ts'

/** A connection that ended because another one came with its client id. */
interface Takeover {
  readonly clientId: string
  readonly loser: LogFact
  /** Absent: the log has no connect that goes with it, as at a level of ERROR. */
  readonly winner?: LogFact
}

/** The disconnect of the loser is logged within moments of the winner's connect. */
const TOGETHER_MS = 5_000
/** Takeovers that follow each other so fast are one fight: devices wait up to a minute before they try again. */
const SAME_FIGHT_MS = 90_000

const isConnect = ({ eventType, status }: LogFact) => eventType === 'Connect' && status !== 'Failure'

const isSameSocket = (one: LogFact, other: LogFact) =>
  one.sourceIp === other.sourceIp && one.sourcePort !== undefined && one.sourcePort === other.sourcePort

/** @param facts oldest first */
function takeoversOf(facts: readonly LogFact[]): readonly Takeover[] {
  const connects = Map.groupBy(facts.filter(isConnect), ({ clientId = '' }) => clientId)
  const used = new Set<LogFact>()
  return facts.filter(isTakenOver).map((loser): Takeover => {
    const clientId = loser.clientId ?? ''
    const winner = nearest(connects.get(clientId) ?? [], loser, used)
    if (winner) used.add(winner)
    return { clientId, loser, ...(winner && { winner }) }
  })
}

/** The connect nearest in time to the loser's end that is not the loser's own, and that no other one lost to. */
function nearest(connects: readonly LogFact[], loser: LogFact, used: ReadonlySet<LogFact>): LogFact | undefined {
  let best: LogFact | undefined
  for (let index = firstFrom(connects, loser.atMs - TOGETHER_MS); index < connects.length; index++) {
    const connect = connects[index]
    if (connect === undefined || connect.atMs > loser.atMs + TOGETHER_MS) break
    if (used.has(connect) || isSameSocket(connect, loser)) continue
    if (!best || Math.abs(connect.atMs - loser.atMs) < Math.abs(best.atMs - loser.atMs)) best = connect
  }
  return best
}

const partyKey = ({ principalId = '', sourceIp = '' }: LogFact, bySource: boolean) =>
  bySource ? `${principalId} ${sourceIp}` : principalId

interface Conflicts {
  readonly moments: readonly Moment[]
  /** Ids of the connects and disconnects that a fight consists of: it tells of them. */
  readonly told: ReadonlySet<string>
}

/** Takeovers as moments: those that follow each other closely are one fight, with who fought. @param facts oldest first */
export function conflictsOf(facts: readonly LogFact[]): Conflicts {
  const fights: Takeover[][] = []
  const last = new Map<string, Takeover[]>()
  for (const takeover of takeoversOf(facts)) {
    const fight = last.get(takeover.clientId)
    const before = fight?.at(-1)
    if (fight && before && takeover.loser.atMs - before.loser.atMs <= SAME_FIGHT_MS) fight.push(takeover)
    else {
      const begun = [takeover]
      fights.push(begun)
      last.set(takeover.clientId, begun)
    }
  }
  const told = fights.filter(({ length }) => length > 1).flatMap((fight) => fight.flatMap(logOf))
  return { moments: fights.map(momentOf), told: new Set(told.map(({ id }) => id)) }
}

function momentOf(fight: readonly Takeover[]): Moment {
  const [first = fail(), ...rest] = fight
  const final = rest.at(-1) ?? first
  const sides = fight.flatMap(({ loser, winner }) => (winner ? [loser, winner] : [loser]))
  const { conflict, isOneDevice, why } = judge(first.clientId, fight, sides)
  const { clientId } = first
  const conflictId = ({ loser }: Takeover) => `conflict:${loser.id}`
  return {
    id: conflictId(first),
    kind: 'conflict',
    tone: isOneDevice ? 'info' : fight.length > 1 ? 'error' : 'warning',
    atMs: first.loser.atMs,
    ...(fight.length > 1 && { untilMs: final.loser.atMs }),
    times: fight.length,
    ...(fight.length > 1 && { parts: [...rest.map(conflictId), ...sides.map(loggedId)] }),
    title: titleOf(clientId, fight.length, isOneDevice),
    why,
    conflict,
    log: fight.length > 1 ? [first, final].flatMap(logOf) : logOf(first),
    activity: [],
  }
}

const logOf = ({ loser, winner }: Takeover) => (winner ? [loser, winner] : [loser])

function titleOf(clientId: string, times: number, isOneDevice: boolean): string {
  if (isOneDevice)
    return times === 1
      ? `${clientId} reconnected over its open connection`
      : `${clientId} reconnected over its open connection ${times} times`
  if (times === 1) return `Another connection took the client id ${clientId}`
  return `Fight for the client id ${clientId}: taken over ${times} times`
}

function judge(clientId: string, fight: readonly Takeover[], sides: readonly LogFact[]) {
  const principals = new Set(sides.map(({ principalId }) => principalId))
  const sources = new Set(sides.map(({ sourceIp }) => sourceIp))
  const winnersKnown = fight.every(({ winner }) => winner)
  const isOneDevice = winnersKnown && principals.size === 1 && sources.size === 1 && !principals.has(undefined)
  // With one principal it is the addresses that tell the sides apart; with several an address may change on one side.
  const parties = partiesOf(fight, principals.size === 1)
  const conflict: Conflict = { clientId, takeovers: fight.length, parties }
  return {
    conflict,
    isOneDevice,
    why: whyOf(parties, { isOneDevice, winnersKnown, samePrincipal: principals.size === 1 }),
  }
}

function partiesOf(fight: readonly Takeover[], bySource: boolean): readonly Party[] {
  const parties = new Map<string, { principalId?: string; sourceIps: Set<string>; took: number; last?: number }>()
  const of = (fact: LogFact) => {
    const key = partyKey(fact, bySource)
    const party = parties.get(key) ?? {
      ...(fact.principalId !== undefined && { principalId: fact.principalId }),
      sourceIps: new Set<string>(),
      took: 0,
    }
    parties.set(key, party)
    if (fact.sourceIp !== undefined) party.sourceIps.add(fact.sourceIp)
    return party
  }
  for (const { loser, winner } of fight) {
    of(loser)
    if (!winner) continue
    const party = of(winner)
    party.took++
    party.last = Math.max(party.last ?? 0, winner.atMs)
  }
  return [...parties.values()].map(({ principalId, sourceIps, took, last }) => ({
    ...(principalId !== undefined && { principalId }),
    sourceIps: [...sourceIps],
    took,
    ...(last !== undefined && { lastConnectedAtMs: last }),
  }))
}

/** `certificate 5f2c… from 198.51.100.20` */
const partyInWords = ({ principalId, sourceIps }: Party): string =>
  `${principalInWords(principalId)}${sourceIps.length === 0 ? '' : ` from ${sourceIps.join(', ')}`}`

interface Judgement {
  readonly isOneDevice: boolean
  readonly winnersKnown: boolean
  readonly samePrincipal: boolean
}

function whyOf(parties: readonly Party[], { isOneDevice, winnersKnown, samePrincipal }: Judgement): string {
  const named = parties.map(partyInWords).join(' and ')
  if (isOneDevice) return `the same certificate from the same address each time, so most likely one device: ${named}`
  if (!winnersKnown && parties.length === 1) return `${named} lost it; the log has no connect that tells to whom`
  if (samePrincipal) return `${named}: one certificate on two devices, or one device whose address changed`
  return `between ${named}: two devices use the same client id`
}

function fail(): never {
  throw new TypeError('A fight without a takeover')
}
