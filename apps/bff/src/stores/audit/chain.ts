import { createHash } from 'node:crypto'
import { AuditEntry, type AuditVerification } from '@thingdeck/contract'
import Value from 'typebox/value'
import { canonicalJson } from '../../canonical-json.ts'

/** What was done, and what was refused: each can be let go of at its own old end. */
export type ChainName = 'done' | 'refused'
/** The latest hash of each chain; undefined: it has not begun. */
export type Heads = Readonly<Partial<Record<ChainName, string>>>

const BEFORE_THE_FIRST = '0'.repeat(64)

export const chainOf = ({ outcome }: Pick<AuditEntry, 'outcome'>): ChainName =>
  outcome.code === undefined ? 'done' : 'refused'

/** The entry with its place behind the latest of its chain, and the heads with it as the latest. */
export function chained(entry: Omit<AuditEntry, 'chain'>, heads: Heads): { entry: AuditEntry; heads: Heads } {
  const name = chainOf(entry)
  const previous = heads[name] ?? BEFORE_THE_FIRST
  const hash = hashOf(entry, previous)
  return { entry: { ...entry, chain: { previous, hash } }, heads: { ...heads, [name]: hash } }
}

function hashOf(entry: Omit<AuditEntry, 'chain'>, previous: string): string {
  return createHash('sha256').update(previous).update(canonicalJson(entry)).digest('hex')
}

/**
 * Goes through a trail as it is stored. The oldest entry of a chain stands for those that were let go before it; the
 * latest has to be the one that was added last.
 */
export async function verify(stored: AsyncIterable<unknown>, heads: Heads): Promise<AuditVerification> {
  const last: Partial<Record<ChainName, string>> = {}
  let verified = 0
  let unchained = 0
  let firstBroken: AuditVerification['firstBroken']
  for await (const entry of stored) {
    const broken = brokenIn(entry, last)
    if (broken) firstBroken ??= broken
    else if (Value.Check(AuditEntry, entry) && entry.chain) verified += 1
    else unchained += 1
    if (Value.Check(AuditEntry, entry) && entry.chain) last[chainOf(entry)] = entry.chain.hash
  }
  if (last.done !== heads.done || last.refused !== heads.refused) firstBroken ??= { why: 'missing' }
  return { isWhole: firstBroken === undefined, verified, unchained, heads, ...(firstBroken && { firstBroken }) }
}

/** What is wrong with the next entry of a trail, behind these latest of its chains. */
function brokenIn(entry: unknown, last: Heads): AuditVerification['firstBroken'] {
  if (!Value.Check(AuditEntry, entry)) return { why: 'unreadable', ...idOf(entry) }
  const { chain, ...content } = entry
  const before = last[chainOf(entry)]
  if (!chain) return before === undefined ? undefined : { id: entry.id, why: 'changed' }
  if (hashOf(content, chain.previous) !== chain.hash) return { id: entry.id, why: 'changed' }
  return before === undefined || before === chain.previous ? undefined : { id: entry.id, why: 'missing' }
}

const idOf = (entry: unknown) =>
  typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string' ? { id: entry.id } : {}
