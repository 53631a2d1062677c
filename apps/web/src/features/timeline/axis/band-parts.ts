import type { BandSpan, BandState } from '../model/connection-band.ts'
import { toX, type View } from './view.ts'

/** A part of the band as it is drawn; `mixed`: it changed more often than there are pixels. */
export interface BandPart {
  readonly fromX: number
  readonly toX: number
  readonly state: BandState | 'mixed'
  readonly why?: string
}

/** The band of a view, in no more parts than there are pixels. */
export function bandParts(band: readonly BandSpan[], view: View, widthPx: number): readonly BandPart[] {
  const parts: BandPart[] = []
  for (const { fromMs, toMs, state, why } of band) {
    if (toMs <= view.fromMs || fromMs >= view.toMs) continue
    const fromX = Math.max(0, toX(view, fromMs, widthPx))
    const untilX = Math.min(widthPx, toX(view, toMs, widthPx))
    const last = parts.at(-1)
    const isThin = untilX - fromX < 1
    if (last && isThin && fromX - last.fromX < 1) {
      parts[parts.length - 1] = { fromX: last.fromX, toX: untilX, state: last.state === state ? state : 'mixed' }
    } else if (last && isThin && last.state === 'mixed') {
      parts[parts.length - 1] = { ...last, toX: untilX }
    } else parts.push({ fromX, toX: untilX, state, ...(why !== undefined && { why }) })
  }
  return parts
}
