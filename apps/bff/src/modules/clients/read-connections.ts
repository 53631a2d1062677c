import type { IotLogEntry } from '@thingdeck/contract'

/** Event types that tell of connections; those of a refused authentication name a client where it was known. */
export const CONNECTION_EVENTS = ['Connect', 'Disconnect', 'Connection.AuthNError'] as const

/** What took a client id is logged about when the one that had it is ended: not further apart than this. */
const TAKEN_WITHIN_MS = 5_000

/** Who connected by a client id: one principal from one address. */
export interface Party {
  readonly partyId: string
  readonly principalId?: string
  readonly sourceIp?: string
  protocol: string | undefined
  connects: number
  refused: number
  took: number
  lost: number
  firstAt: string
  lastAt: string
}

/** One party took the client id of another, or of itself. */
export interface SeenTakeover {
  readonly loser: string
  readonly winner: string | undefined
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
}

/** The connections of one client id in a time, as the log has them. */
export interface SeenConnections {
  readonly connected: boolean
  /** When that began, or was seen last. */
  readonly changedAt: string | undefined
  /** Of the last disconnect, unless it is connected. */
  readonly disconnectReason: string | undefined
  /** Whose connection the last one is. */
  readonly lastParty: Party | undefined
  readonly parties: readonly Party[]
  readonly takeovers: readonly SeenTakeover[]
  readonly connects: number
  readonly refused: number
  /** Connections that ended otherwise than by the client's own goodbye. */
  readonly drops: number
  /** Takeovers by another party. */
  readonly takenByOthers: number
}

/**
 * Reads them from the entries of one client id. Entries of one moment may be in any order: of a takeover the end of the
 * old connection may stand behind the connect of the new one, and is told apart from it by its socket.
 */
export function readConnections(entries: readonly IotLogEntry[]): SeenConnections {
  const oldestFirst = entries.toSorted((one, other) => one.at.localeCompare(other.at))
  const parties = new Map<string, Party>()
  const accepted = oldestFirst.filter(isAccepted)
  const takeovers = new Map<string, SeenTakeover>()
  let [connects, refused, drops, takenByOthers] = [0, 0, 0, 0]
  let now:
    | { readonly connected: boolean; readonly at: string; readonly socket?: string; readonly reason?: string }
    | undefined
  let lastParty: Party | undefined
  for (const entry of oldestFirst) {
    const party = partyOf(parties, entry)
    if (isAccepted(entry)) {
      connects += 1
      party.connects += 1
      lastParty = party
      now = { connected: true, at: entry.at, ...socketOf(entry) }
    } else if (entry.eventType !== 'Disconnect') {
      refused += 1
      party.refused += 1
    } else {
      lastParty ??= party
      if (!isOwnGoodbye(entry)) drops += 1
      if (isTakeover(entry)) {
        const winner = winnerOf(accepted, entry)
        const taker = winner && partyOf(parties, winner)
        if (taker?.partyId !== party.partyId) {
          takenByOthers += 1
          party.lost += 1
          if (taker) taker.took += 1
        }
        noteTakeover(takeovers, party.partyId, taker?.partyId, entry.at)
      }
      // The end of another connection than the last one says nothing about it; and who took the id has it.
      if (isEndOf(now?.socket, entry)) now = { connected: isTakeover(entry), at: entry.at, reason: reasonOf(entry) }
    }
  }
  return {
    connected: now?.connected ?? false,
    changedAt: now?.at,
    disconnectReason: now?.connected === false ? now.reason : undefined,
    lastParty,
    parties: [...parties.values()].sort((one, other) => other.lastAt.localeCompare(one.lastAt)),
    takeovers: [...takeovers.values()].sort((one, other) => other.lastAt.localeCompare(one.lastAt)),
    connects,
    refused,
    drops,
    takenByOthers,
  }
}

/** The entries of each client id, in the order of the last one that it has. */
export function byClient(entries: readonly IotLogEntry[]): ReadonlyMap<string, readonly IotLogEntry[]> {
  const named = entries.filter(({ clientId }) => clientId !== undefined && clientId !== 'N/A')
  return Map.groupBy(named, ({ clientId = '' }) => clientId)
}

const isAccepted = ({ eventType, status }: IotLogEntry): boolean => eventType === 'Connect' && status !== 'Failure'

/** AWS spells the reason otherwise in its two members (AWS IoT developer guide, "CloudWatch log entries", "Lifecycle events"). */
const isTakeover = ({ disconnectReason, reason }: IotLogEntry): boolean =>
  disconnectReason === 'DUPLICATE_CLIENTID' || reason === 'DUPLICATE_CLIENT_ID'

const reasonOf = ({ disconnectReason, reason }: IotLogEntry): string => disconnectReason ?? reason ?? 'not said'

const isOwnGoodbye = (entry: IotLogEntry): boolean => reasonOf(entry) === 'CLIENT_INITIATED_DISCONNECT'

const socketOf = ({ sourceIp, sourcePort }: IotLogEntry): { readonly socket?: string } =>
  sourceIp === undefined || sourcePort === undefined ? {} : { socket: `${sourceIp} ${sourcePort}` }

function isEndOf(socket: string | undefined, entry: IotLogEntry): boolean {
  const ended = socketOf(entry).socket
  return socket === undefined || ended === undefined || ended === socket
}

function partyOf(parties: Map<string, Party>, { principalId, sourceIp, protocol, at }: IotLogEntry): Party {
  const partyId = `${principalId ?? ''} ${sourceIp ?? ''}`
  const known = parties.get(partyId)
  if (known) {
    if (at > known.lastAt) known.lastAt = at
    known.protocol = protocol ?? known.protocol
    return known
  }
  const party: Party = {
    partyId,
    ...(principalId !== undefined && { principalId }),
    ...(sourceIp !== undefined && { sourceIp }),
    protocol,
    connects: 0,
    refused: 0,
    took: 0,
    lost: 0,
    firstAt: at,
    lastAt: at,
  }
  parties.set(partyId, party)
  return party
}

/** The connect that ended another connection: the nearest in time, over another socket. */
function winnerOf(accepted: readonly IotLogEntry[], lost: IotLogEntry): IotLogEntry | undefined {
  const lostMs = Date.parse(lost.at)
  const lostSocket = socketOf(lost).socket
  let nearest: IotLogEntry | undefined
  let nearestMs = TAKEN_WITHIN_MS
  for (let index = firstFrom(accepted, lostMs - TAKEN_WITHIN_MS); index < accepted.length; index += 1) {
    const connect = accepted[index]
    if (!connect) break
    const ms = Date.parse(connect.at) - lostMs
    if (ms > nearestMs) break
    if (lostSocket !== undefined && socketOf(connect).socket === lostSocket) continue
    if (Math.abs(ms) > nearestMs) continue
    nearest = connect
    nearestMs = Math.abs(ms)
  }
  return nearest
}

/** Index of the first entry that is not before a time; they are in the order of time. */
function firstFrom(entries: readonly IotLogEntry[], fromMs: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (Date.parse(entries[middle]?.at ?? '') < fromMs) low = middle + 1
    else high = middle
  }
  return low
}

function noteTakeover(
  takeovers: Map<string, SeenTakeover>,
  loser: string,
  winner: string | undefined,
  at: string,
): void {
  const key = JSON.stringify([loser, winner])
  const known = takeovers.get(key)
  takeovers.set(key, { loser, winner, count: (known?.count ?? 0) + 1, firstAt: known?.firstAt ?? at, lastAt: at })
}
