import type { ClientHistory, ClientParty } from '@thingdeck/contract'

/** Parties that took a client id of each other. */
export interface Fight {
  /** How often, in the time that was read. */
  readonly takeovers: number
  /** Who lost it or took it, the last one first. */
  readonly parties: readonly ClientParty[]
  /** Whether somebody took it whose connect is not in the log. */
  readonly hasUnknown: boolean
  readonly lastAt: string
}

/** Undefined: nobody but the client itself took the client id. */
export function fightOf({ takeovers, parties }: ClientHistory): Fight | undefined {
  const byOthers = takeovers.filter(({ loser, winner }) => loser !== winner)
  const [last] = byOthers
  if (!last) return undefined
  const ids = new Set(byOthers.flatMap(({ loser, winner }) => [loser, winner]))
  return {
    takeovers: byOthers.reduce((sum, { count }) => sum + count, 0),
    parties: parties.filter(({ partyId }) => ids.has(partyId)),
    hasUnknown: byOthers.some(({ winner }) => winner === undefined),
    lastAt: last.lastAt,
  }
}

/** How often a client took its own client id: it came back before its old connection was missed, or runs twice. */
export const ownTakeovers = ({ takeovers }: ClientHistory): number =>
  takeovers.reduce((sum, { loser, winner, count }) => sum + (loser === winner ? count : 0), 0)

/** So many connects from elsewhere make a place usual. */
const USUAL_FROM = 3

/** Where a client is that it has not been before, as far as the log goes back. */
export interface UnusualPlace {
  readonly sourceIp: string
  readonly usual: { readonly sourceIp: string; readonly connects: number }
}

/** Undefined: it is where it was before, or too little is known of where that was. Principals are told apart. */
export function unusualPlace({ parties }: ClientHistory): UnusualPlace | undefined {
  const now = parties.find(({ isConnected }) => isConnected)
  if (now?.sourceIp === undefined || now.connects > 1) return undefined
  const before = parties.filter(
    ({ partyId, principalId }) => partyId !== now.partyId && principalId === now.principalId,
  )
  const [usual] = before.toSorted((one, other) => other.connects - one.connects)
  if (usual?.sourceIp === undefined || usual.connects < USUAL_FROM) return undefined
  return { sourceIp: now.sourceIp, usual: { sourceIp: usual.sourceIp, connects: usual.connects } }
}
