import { endOf, MOMENT_KINDS, type Moment, type MomentKind, type MomentTone } from '../model/moment.ts'
import { toX, type View } from './view.ts'

/** Moments of one lane that are too close to be drawn apart. */
export interface Bucket {
  readonly kind: MomentKind
  readonly tone: MomentTone
  /** In pixels; of one moment without an end both are the same. */
  readonly fromX: number
  readonly toX: number
  /** Oldest first. */
  readonly moments: readonly Moment[]
}

interface Growing extends Pick<Bucket, 'kind' | 'fromX'> {
  tone: MomentTone
  toX: number
  readonly moments: Moment[]
}

/** The worst of a bucket colours it. */
const WORST_FIRST: readonly MomentTone[] = ['error', 'warning', 'success', 'info', 'stopped']

const worse = (one: MomentTone, other: MomentTone): MomentTone =>
  WORST_FIRST.indexOf(one) <= WORST_FIRST.indexOf(other) ? one : other

/**
 * What is to be drawn of a view: as many marks as there is room for side by side, however many moments there are.
 * @param moments oldest first
 * @param leastPx marks of a lane begin at least so far apart
 */
export function bucketsOf(moments: readonly Moment[], view: View, widthPx: number, leastPx: number): readonly Bucket[] {
  const lanes = new Map<MomentKind, Growing[]>()
  for (const moment of moments) {
    const { kind, tone, atMs } = moment
    if (atMs > view.toMs) break
    const endMs = endOf(moment)
    if (endMs < view.fromMs) continue
    const fromX = Math.max(0, toX(view, atMs, widthPx))
    const untilX = Math.min(widthPx, toX(view, endMs, widthPx))
    const lane = lanes.get(kind) ?? []
    lanes.set(kind, lane)
    const last = lane.at(-1)
    if (last && fromX - last.fromX < leastPx) {
      last.toX = Math.max(last.toX, untilX)
      last.tone = worse(last.tone, tone)
      last.moments.push(moment)
    } else lane.push({ kind, tone, fromX, toX: untilX, moments: [moment] })
  }
  return MOMENT_KINDS.flatMap((kind) => lanes.get(kind) ?? [])
}

/** How often, of all of a bucket. */
export const timesOf = ({ moments }: Bucket): number => moments.reduce((sum, { times }) => sum + times, 0)
