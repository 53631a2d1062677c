import type { PlannedThing } from '@thingdeck/contract'
import type { KeyStore } from './key-store.ts'

/** Most of the time of a key is waiting for the browser's other processes. */
const AT_ONCE = 8

/**
 * A key for each thing that brings no request of its own; those that are kept already are not made anew, so that it goes
 * on where it was.
 * @returns the things, each with a request
 */
export async function makeKeys(
  store: KeyStore,
  keySetId: string,
  things: readonly PlannedThing[],
  onMade: (made: number) => void,
): Promise<PlannedThing[]> {
  const { makeKeyPair } = await import('../../../shared/certificate/key-pair.ts') // large, and seldom needed
  const all = [...things]
  let made = 0
  const queue = things.entries()
  const work = async () => {
    for (const [index, thing] of queue) {
      if (thing.certificateSigningRequest === undefined) {
        const key =
          (await store.get(keySetId, thing.thingName)) ??
          (await store.keep(keySetId, thing.thingName, await makeKeyPair('EC P-256', thing.thingName)))
        all[index] = { ...thing, certificateSigningRequest: key.requestPem }
      }
      made += 1
      onMade(made)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return all
}
