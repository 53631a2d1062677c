import type { PlannedThing } from '@thingdeck/contract'
import type { KeyStore } from './key-store.ts'

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
  const all: PlannedThing[] = []
  for (const thing of things) {
    if (thing.certificateSigningRequest !== undefined) {
      all.push(thing)
    } else {
      const kept = await store.get(keySetId, thing.thingName)
      const key = kept ?? (await makeKeyPair('EC P-256', thing.thingName))
      if (!kept) await store.put(keySetId, thing.thingName, key)
      all.push({ ...thing, certificateSigningRequest: key.requestPem })
    }
    onMade(all.length)
  }
  return all
}
