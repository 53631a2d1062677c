import type { BulkChange, CreateChange, PlannedThing } from '@thingdeck/contract'
import { publicKeyOf } from '../../aws/certificates/certificate-request.ts'
import { Problem } from '../../problem.ts'
import type { BulkChangeStore } from './engine/bulk-change-store.ts'
import { isOver, type KeptLine } from './engine/kept-bulk-change.ts'

/**
 * @throws {Problem} BAD_REQUEST where a name or a key stands twice: by its key the certificate is known that was made for
 *   a thing and not noted any more
 */
export function linesOfNewThings(change: CreateChange, newThings: readonly PlannedThing[]): KeptLine[] {
  const names = new Set<string>()
  const keys = new Map<string, string>()
  return newThings.map((thing) => {
    if (names.has(thing.thingName)) throw new Problem('BAD_REQUEST', `${thing.thingName} is to be made twice.`)
    names.add(thing.thingName)
    const key = keyOf(thing)
    const other = key && keys.get(key)
    if (other !== undefined)
      throw new Problem(
        'BAD_REQUEST',
        `The requests of ${thing.thingName} and ${other} are of one key: each has its own.`,
      )
    if (key !== undefined) keys.set(key, thing.thingName)
    return { target: thing.thingName, outcome: 'waiting', input: { change: { ...change, thing } } }
  })
}

/**
 * Of the request of a thing, where it has one.
 * @throws {Problem} BAD_REQUEST for what is no request: refused here, and not by AWS once the thing is there
 */
function keyOf({ thingName, certificateSigningRequest }: PlannedThing): string | undefined {
  if (certificateSigningRequest === undefined) return undefined
  try {
    return publicKeyOf(certificateSigningRequest).toString('base64')
  } catch (error) {
    throw error instanceof Problem ? new Problem('BAD_REQUEST', `${thingName}: ${error.message}`) : error
  }
}

/** Whether it makes new things, and has not ended. */
export const isMaking = (bulkChange: BulkChange): boolean => makingIn(bulkChange) !== undefined

/** The change of one that makes new things, and has not ended. */
function makingIn(bulkChange: BulkChange): CreateChange | undefined {
  const { change, dryRun } = bulkChange.request
  return change.kind === 'create' && !dryRun && !isOver(bulkChange) ? change : undefined
}

/**
 * Two that make the same things at the same time would each make a certificate for them.
 * @param token of the request: the one that was begun with it is what it is answered with
 * @returns the ids of those that make other things at present
 * @throws {Problem} NAME_TAKEN where another one, which has not ended, makes some of them
 */
export async function checkNotBeingMade(
  store: Pick<BulkChangeStore, 'list' | 'head' | 'lines'>,
  lines: readonly KeptLine[],
  token: string | undefined,
): Promise<ReadonlySet<string>> {
  const names = new Set(lines.map(({ target }) => target))
  const others = new Set<string>()
  for (const other of await store.list()) {
    const change = makingIn(other)
    if (!change || (token !== undefined && other.request.clientRequestToken === token)) continue
    others.add(other.bulkChangeId)
    const head = await store.head(other.bulkChangeId)
    const same = head && (await store.lines(head)).find(({ target }) => names.has(target))
    if (same)
      throw new Problem(
        'NAME_TAKEN',
        `${same.target} is one of the new things of ${change.source ?? 'a bulk change'}, begun by ${other.startedBy}, which has not ended: wait for it, or cancel it.`,
      )
  }
  return others
}
