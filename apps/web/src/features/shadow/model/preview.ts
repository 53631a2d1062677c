import { stringifyJson } from '@thingdeck/json'
import {
  applyUpdate,
  computeDelta,
  formatState,
  formatUpdateRequest,
  type Shadow,
  ShadowError,
  type ShadowState,
  type StatePatch,
  updateRequestFor,
} from '@thingdeck/shadows'

/** What would be sent, and what would come of it, by the rules that the service itself follows. Texts are made when read. */
export interface Preview {
  readonly patch: StatePatch
  /** The request, but for its client token. */
  readonly requestText: string
  readonly documentText: string
  /** What the device would be told; undefined if nothing would differ. */
  readonly deltaText: string | undefined
}

/** @returns undefined for what the service would refuse */
export function previewOf(shadow: Shadow | undefined, wanted: ShadowState, nowMs: number): Preview | undefined {
  const patch = updateRequestFor(shadow?.state ?? {}, wanted)
  const request = { state: patch, version: shadow?.version }
  try {
    const nowSeconds = Math.floor(nowMs / 1_000)
    const after = applyUpdate(shadow, request, { nowSeconds, maxStateBytes: Number.POSITIVE_INFINITY }).shadow
    const delta = computeDelta(after.state.desired, after.state.reported)
    return {
      patch,
      get requestText() {
        return stringifyJson(formatUpdateRequest(request), { indent: 2 })
      },
      get documentText() {
        return stringifyJson(formatState(after.state), { indent: 2 })
      },
      get deltaText() {
        return delta && stringifyJson(delta, { indent: 2 })
      },
    }
  } catch (error) {
    if (error instanceof ShadowError) return undefined
    throw error
  }
}
