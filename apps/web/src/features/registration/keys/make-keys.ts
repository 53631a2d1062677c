import type { PlannedThing } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { type FlowDraft, keysToMake, MOST_KEYS } from '../flow-values.ts'
import { openKeyStore } from './key-store.ts'

/** Most of the time of a key is waiting for the browser's other processes. */
const AT_ONCE = 8

/**
 * A key for each thing that brings no request of its own, where keys are wanted; those that are kept already are not made
 * anew, so that it goes on where it was.
 * @returns the things, with the requests that there are then
 * @throws {Error} a sentence, where they are too many
 */
export async function makeKeys(
  draft: Pick<FlowDraft, 'keys' | 'keySetId'>,
  things: readonly PlannedThing[],
  onMade: (made: number) => void,
): Promise<PlannedThing[]> {
  const count = keysToMake(draft, things)
  const all = [...things]
  if (count === 0) return all
  if (count > MOST_KEYS)
    throw new Error(`${formatCount(count)} keys are more than the ${formatCount(MOST_KEYS)} of one registration.`)
  const { keySetId } = draft
  const store = await openKeyStore()
  const { makeKeyPair } = await import('../../../shared/certificate/key-pair.ts') // large, and seldom needed
  let made = 0
  const queue = things.entries()
  const work = async () => {
    for (const [index, thing] of queue) {
      if (thing.certificateSigningRequest === undefined) {
        const key =
          (await store.get(keySetId, thing.thingName)) ??
          (await store.keep(keySetId, thing.thingName, await makeKeyPair('EC P-256', thing.thingName)))
        all[index] = { ...thing, certificateSigningRequest: key.requestPem }
        made += 1
        onMade(made)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return all
}
